import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { assemble } from '../../../src/assemble.ts';
import { isSureFollowUp } from '../../../src/assistant/answering/follow-up.ts';
import type { Assistant } from '../../../src/assistant/assistant.ts';
import { readConfig } from '../../../src/config.ts';

const example = z.object({ previous: z.string(), question: z.string(), entries: z.array(z.string()) });
const readExamples = (file: string) =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => example.parse(JSON.parse(line)));
const examples = readExamples('./follow-ups.jsonl');
const aboutIt = readExamples('./it-questions.jsonl');
const questions = examples.filter(({ entries }) => entries.length > 0);
const remarks = examples.filter(({ entries }) => entries.length === 0);

let assistant: Assistant;

beforeAll(async () => {
  assistant = (await assemble(readConfig({}), {})).assistant;
});

/** The entry that is shown without a mention, if any. */
function shown(question: string, previous: string | null): string | null {
  const answer = assistant.ask(question, previous);
  return isSureFollowUp(answer, previous) ? answer.reply.entry : null;
}

/** The share of examples of which something holds. */
const share = (of: typeof examples, holds: (entry: string | null, entries: readonly string[]) => boolean): number =>
  of.filter(({ question, previous, entries }) => holds(shown(question, previous), entries)).length / of.length;

describe('a follow-up', () => {
  test('gets the right answer, or none: at least 8 of 10 right, at most 1 of 10 wrong', () => {
    expect(share(questions, (entry, right) => right.includes(entry ?? ''))).toBeGreaterThanOrEqual(0.8);
    expect(share(questions, (entry, right) => entry !== null && !right.includes(entry))).toBeLessThanOrEqual(0.1);
  });

  test('gains from the entry before: at least 2 of 10 more than alone', () => {
    const alone = questions.filter(({ question, entries }) => entries.includes(shown(question, null) ?? ''));
    const together = share(questions, (entry, right) => right.includes(entry ?? ''));
    expect(together).toBeGreaterThanOrEqual(alone.length / questions.length + 0.2);
  });

  test('"and with compose down?" is about the data that was lost', () => {
    expect(['compose-recreate-data', 'compose-down-or-stop']).toContain(
      shown('and with compose down?', 'data-loss-on-replace'),
    );
  });

  test('"how do I back it up?" is about nothing by itself, and about volumes after them', () => {
    expect(shown('how do I back it up?', null)).toBeNull();
    expect(shown('how do I back it up?', 'what-are-volumes')).toBe('backup-a-volume');
  });

  test('that says "it" means what the entry before is about: at least 6 of 10 right, at most 2 of 10 wrong', () => {
    expect(share(aboutIt, (entry, right) => right.includes(entry ?? ''))).toBeGreaterThanOrEqual(0.6);
    expect(share(aboutIt, (entry, right) => entry !== null && !right.includes(entry))).toBeLessThanOrEqual(0.2);
  });

  test.each([
    ['ok but how do I back it up?', 'data-loss-on-replace', 'backup-a-volume'],
    ['what about a named volume?', 'data-loss-on-replace', 'named-and-anonymous-volumes'],
  ])('"%s" is answered after an answer on %s', (question, previous, entry) => {
    expect(shown(question, previous)).toBe(entry);
  });

  test('has no context where the entry is gone', () => {
    const { match } = assistant.ask('and with compose down?', 'gone-entry');
    expect(match).toEqual(assistant.ask('and with compose down?').match);
  });
});

test('hardly any remark between people is taken for a follow-up: at most 1 of 20', () => {
  expect(share(remarks, (entry) => entry !== null)).toBeLessThanOrEqual(0.05);
});
