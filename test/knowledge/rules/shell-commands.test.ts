import { expect, test } from 'vitest';
import { readShell } from '../../../src/knowledge/rules/shell-commands.ts';

const words = (text: string) => readShell(text).map((command) => command.words);

test.each<[string, string[][]]>([
  ['docker rm app', [['docker', 'rm', 'app']]],
  ['sudo A=1 docker rm app', [['docker', 'rm', 'app']]],
  ['a && b || c; d', [['a'], ['b'], ['c'], ['d']]],
  [`echo 'a && b' "c; d"`, [['echo', 'a && b', 'c; d']]],
  ['a \\\n  --b', [['a', '--b']]],
  ['a # b && c', [['a']]],
  [
    'docker rm $(docker ps --quiet)',
    [
      ['docker', 'ps', '--quiet'],
      ['docker', 'rm', '$()'],
    ],
  ],
  [
    'cat "$(docker inspect "$(docker ps -ql)")"',
    [
      ['docker', 'ps', '-ql'],
      ['docker', 'inspect', '$()'],
      ['cat', '$()'],
    ],
  ],
  ['a > b.log', [['a']]],
  ['', []],
  ['"open', [['open']]],
])('%s', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test('what feeds a command is found behind it', () => {
  const [list, grep, remove] = readShell('docker ps | grep old | xargs docker rm');
  expect(remove?.fedBy).toEqual([grep]);
  expect(grep?.fedBy).toEqual([list]);
  expect(readShell('docker rm $(docker ps -q)')[1]?.fedBy).toEqual([readShell('docker ps -q')[0]]);
});

test('a file that the output replaces is told, one that it is added to is not', () => {
  expect(readShell('a > b.log')[0]?.writesTo).toBe('b.log');
  expect(readShell('a >> b.log')[0]?.writesTo).toBeNull();
});
