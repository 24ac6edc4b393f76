import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readWish } from '../../../src/assistant/listening/read-wish.ts';

const lines = (file: string): string[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

const wishes = lines('./wishes.txt').map((line) => /^(\w+): (.*)$/.exec(line)?.slice(1) ?? []);
const demos = ['named-volume-survives', 'image-layers'];

/** The name of the wish that a sentence is read as. */
function read(sentence: string): string | null {
  const wish = readWish(sentence, demos);
  return wish?.type === 'run' && wish.stepByStep ? 'steps' : (wish?.type ?? null);
}

describe('a wish', () => {
  test('is understood in each of more than 200 ways to say it', () => {
    expect(wishes.length).toBeGreaterThanOrEqual(200);
    expect(wishes.filter(([wish, sentence = '']) => read(sentence) !== wish)).toEqual([]);
  });

  test('is not read into any of more than 200 ordinary sentences', () => {
    const sentences = lines('./ordinary.txt');
    expect(sentences.length).toBeGreaterThanOrEqual(200);
    expect(sentences.filter((sentence) => read(sentence) !== null)).toEqual([]);
  });

  test('may name a demo, and which of several answers is meant', () => {
    expect(readWish('please run the image-layers demo', demos)).toEqual({
      type: 'run',
      demo: 'image-layers',
      stepByStep: false,
    });
    expect(readWish('predict image layers', demos)).toEqual({ type: 'predict', demo: 'image-layers' });
    expect(readWish('run unheard-of', demos)).toBeNull();
    expect(readWish('the second one, please')).toEqual({ type: 'pick', which: 2 });
    expect(readWish('what about the other one?')).toEqual({ type: 'pick', which: 'other' });
  });

  test.each([
    ['a long text', 'run it '.repeat(3000)],
    ['politeness without end', `${'can you please ok '.repeat(400)}run it`],
    ['marks alone', '?!? … 🚀🚀'],
    ['markup', '<!channel> <@U0BOT> <https://x.test|run> *it*'],
    ['characters that do not show', '\u202eshow\u200b me\u0000'],
  ])('is read from %s without a wait', (_, text) => {
    expect(() => readWish(text, demos)).not.toThrow();
  });
});
