import { describe, expect, test } from 'vitest';
import { readAccesses } from '../../../src/demos/lives/file-access.ts';

const fine = { output: '', exitCode: 0 };

describe('what a script of a demo did to files', () => {
  test.each([
    ['echo 42 > /data/orders', ['wrote /data/orders']],
    ['echo one >> app.log', ['wrote app.log']],
    ['cat /data/orders', ['read /data/orders']],
    ['sha256sum < /data/inside', ['read /data/inside']],
    ['wc -c < list', ['read list']],
    ['echo "order 1001" > /data/orders && cat /data/orders', ['wrote /data/orders']],
    ['echo new > /work/new; echo changed >> /work/one; rm /work/two', ['wrote /work/new', 'wrote /work/one']],
    ['head -c 1048576 /dev/zero > /dev/null 2>&1', []],
    ['cat /proc/uptime', []],
    ['ps -o pid,args', []],
  ])('%s', (script, expected) => {
    expect(readAccesses(script, fine).map(({ event, path }) => `${event} ${path}`)).toEqual(expected);
  });

  test('a file that was not there was missed', () => {
    const ended = { output: "cat: can't open '/data/orders': No such file or directory", exitCode: 1 };
    expect(readAccesses('cat /data/orders', ended)).toEqual([{ path: '/data/orders', event: 'missed' }]);
  });

  test('of a script that failed for another reason nothing is said', () => {
    expect(readAccesses('echo x > /data/file', { output: 'Permission denied', exitCode: 1 })).toEqual([]);
  });
});
