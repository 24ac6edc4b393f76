import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { asksSomething } from '../../../src/assistant/gaps/asks-something.ts';

test.each([
  ...[
    'lol',
    'how?',
    'run the demo',
    'wat',
    '???',
    ':thumbsup:',
    'ok thanks',
    'yes please',
    'test test',
    'haha nice one',
  ],
  ...[
    'why??',
    'show me',
    'more',
    'topics',
    'never mind',
    '',
    '<@U1>',
    'ping',
    'and then?',
    'what is it?',
    'can you show me that step by step?',
    'stop it, Bob',
  ],
])('%j asks nothing that a book could answer', (text) => {
  expect(asksSomething(text)).toBe(false);
});

test.each([
  ...['podman?', 'gpu', 'rootless docker?', 'docker test containers?', 'コンテナとは', 'как удалить контейнер?'],
  ...['run the demo in swarm?', 'how do I cook rice on a campfire?', '-v?', 'OOMKilled', 'ошибка 137', 'exit 137'],
])('%j asks something', (text) => {
  expect(asksSomething(text)).toBe(true);
});

test('every question that the book is measured by asks something', async () => {
  const file = await readFile(new URL('../../matching/questions.jsonl', import.meta.url), 'utf8');
  const questions = file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ scope }) => scope === 'in');
  expect(questions.length).toBeGreaterThan(300);
  expect(questions.filter(({ question }) => !asksSomething(question))).toEqual([]);
});
