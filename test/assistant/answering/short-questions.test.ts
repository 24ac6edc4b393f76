import { beforeAll, expect, test } from 'vitest';
import { assemble } from '../../../src/assemble.ts';
import type { Assistant } from '../../../src/assistant/assistant.ts';
import { readConfig } from '../../../src/config.ts';

let assistant: Assistant;

beforeAll(async () => {
  assistant = (await assemble(readConfig({}), {})).assistant;
});

test.each([
  ['where are volumes stored?', 'where-are-volumes'],
  ['where do docker volumes live', 'where-are-volumes'],
  ['copy files into a running container', 'copy-files-in-out'],
])('"%s" gets the entry that it asks for', (question, entry) => {
  expect(assistant.ask(question).match.entry).toBe(entry);
});

test.each(['who is the CEO of Docker', 'who founded docker?'])(
  '"%s" is about Docker, but not about what the book answers',
  (question) => {
    expect(assistant.ask(question).match).toMatchObject({ outcome: 'unknown', signpost: 'versions-and-history' });
  },
);

test.each(['wat', 'wat?', 'wut', 'huh?', 'hm', 'lol', '???'])('"%s" asks nothing, and gets no choices', (question) => {
  expect(assistant.ask(question).match.outcome).toBe('unknown');
});
