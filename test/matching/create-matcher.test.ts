import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readQuestionFile } from '../../scripts/evaluation/question-file.ts';
import { projectFolder } from '../../src/assemble.ts';
import type { Entry } from '../../src/knowledge/entry.ts';
import { findListed, listQuestions } from '../../src/matching/listed-questions.ts';
import type { Matcher } from '../../src/matching/match.ts';
import { readAsked, readQuestion } from '../../src/matching/question.ts';
import { hostileText } from './hostile-text.ts';
import { openShippedBook } from './shared-models.ts';

let matcher: Matcher;
let ids: ReadonlySet<string>;
let entries: readonly Entry[];
beforeAll(async () => {
  const book = await openShippedBook();
  entries = [...book.entries.values()];
  matcher = book.matcher;
  ids = new Set(book.entries.keys());
});

describe('a question that the book answers', () => {
  test.each([
    ['why is my database empty after I redeployed?', 'data-loss-on-replace'],
    ['hey <@U0BOT> whats the difference between an image and a container', 'image-vs-container'],
    ['which restart policies exist?', 'restart-policies'],
    ['*which* _restart policies_ exist?', 'restart-policies'],
    ['/var/lib/docker/overlay2 is huge', 'overlay2-folder'],
    ['secrets in Dockerfile', 'secrets-in-images'],
    ['Error response from daemon: remove data: volume is in use', 'remove-volumes'],
    ['image and container: what sets them apart?', 'image-vs-container'],
  ])('"%s" is answered with %s', (question, entry) => {
    expect(matcher.match(question)).toMatchObject({ outcome: 'answer', entry });
  });

  test('in the very words of any entry or signpost is found to be listed there', () => {
    const listed = listQuestions(entries.map(readAsked));
    for (const [place, entry] of entries.entries()) {
      for (const ask of entry.phrasings)
        expect(findListed(listed, readQuestion(`${ask.toUpperCase()} ?`)), ask).toBe(place);
    }
  });

  test('that is listed leads to its entry, and one that a signpost lists to the signpost', () => {
    for (const { id, signpost, phrasings } of entries) {
      for (const ask of phrasings.filter((_, place) => place % 20 === 0)) {
        const expected = signpost ? { entry: null, signpost: id } : { outcome: 'answer', entry: id, confidence: 1 };
        expect(matcher.match(`${ask.toUpperCase()} ?`), ask).toMatchObject(expected);
      }
    }
  });

  test('is matched the same way every time', () => {
    expect(matcher.match('how do volumes work')).toEqual(matcher.match('how do volumes work'));
  });

  test('comes with its reasons: terms, ranking, and the decision in words', () => {
    const { explanation, confidence } = matcher.match('what is a named volume?');
    expect(explanation.terms.some((term) => term.known && term.weight > 0)).toBe(true);
    expect(explanation.ranking[0]?.topicShare).toBeGreaterThan(explanation.ranking[1]?.topicShare ?? 1);
    expect(explanation.reason).not.toBe('');
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });
});

describe('a question that it does not', () => {
  test.each([
    ['gluetun keeps losing its vpn connection', 'vpn'],
    ['docker login keeps failing', 'login'],
    ['how do I use docker buildx bake', 'buildkit-and-bake'],
  ])('"%s" is pointed elsewhere by the signpost %s', (question, signpost) => {
    expect(matcher.match(question)).toMatchObject({ outcome: 'unknown', entry: null, signpost });
  });

  test('is pointed elsewhere beside the choices too, where the book may hold the answer all the same', async () => {
    const asked = await readQuestionFile(join(projectFolder, 'test/matching/questions.jsonl'));
    const matches = asked.map(({ question }) => matcher.match(question));
    const both = matches.filter(({ outcome, signpost }) => outcome === 'choices' && signpost !== null);
    expect(both.length).toBeGreaterThan(0);
    for (const { entry, choices, signpost } of both) {
      expect(entry).toBeNull();
      expect(choices).toHaveLength(3);
      expect(choices).not.toContain(signpost);
      expect(entries.find(({ id }) => id === signpost)?.signpost).toBe(true);
    }
  });

  test.each(['tell me a joke about cats', 'how do I undo my last commit in git?', 'what is the capital of Portugal?'])(
    '"%s" is told apart as not about Docker at all',
    (question) => {
      const match = matcher.match(question);
      expect(match).toMatchObject({ outcome: 'unknown', entry: null });
      expect(entries.find(({ id }) => id === match.signpost)?.chapter).toBe('elsewhere');
    },
  );

  test.each(["what's the weather like today?", 'how do I squash git commits?', 'book a meeting room for tomorrow', ''])(
    '"%s" is not answered',
    (question) => {
      const match = matcher.match(question);
      expect(match).toMatchObject({ entry: null });
      expect(match.outcome).not.toBe('answer');
    },
  );

  test.each(['what did the customer say?', 'how does it work', 'is it any good?'])(
    '"%s" is unknown without choices: no word of it tells what it is about',
    (question) => {
      expect(matcher.match(question)).toMatchObject({ outcome: 'unknown', choices: [], nearest: [], signpost: null });
    },
  );

  test.each([
    ['thanks!', 'thanks'],
    ['hello', 'greeting'],
    ['help', 'help'],
  ])('"%s" is small talk', (text, smallTalk) => {
    expect(matcher.match(text)).toMatchObject({ outcome: 'unknown', smallTalk });
  });
});

describe('a hostile text', () => {
  test('never throws, and gives ids of the book only', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const match = matcher.match(text);
        for (const id of [match.entry, match.signpost, ...match.choices, ...match.nearest]) {
          if (id !== null) expect(ids.has(id)).toBe(true);
        }
        expect(match.choices.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 10_000 },
    );
  });
});
