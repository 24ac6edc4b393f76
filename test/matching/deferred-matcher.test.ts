import { expect, test } from 'vitest';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { deferMatcher } from '../../src/matching/deferred-matcher.ts';
import { entryOf } from './entry-of.ts';

const book = [
  entryOf('volumes', 'volumes-basics', ['what is a docker volume?', 'how do I create a volume?']),
  entryOf('layers', 'image-layers', ['what is an image layer?', 'list the layers of an image']),
];

test('a deferred matcher reads the book when it is first asked, once', () => {
  let readings = 0;
  const matcher = deferMatcher({
    [Symbol.iterator]() {
      readings += 1;
      return book.values();
    },
  });
  expect(readings).toBe(0);
  matcher.match('create a volume');
  matcher.terms('layers');
  matcher.matchFollowUp('and layers?', 'volumes');
  expect(readings).toBe(1);
});

test('a deferred matcher answers like one that was made at once', () => {
  const [deferred, made] = [deferMatcher(book.values()), createMatcher(book)];
  for (const question of ['create a volume', 'list the layers', 'what is the weather?', '']) {
    expect(deferred.match(question)).toEqual(made.match(question));
    expect(deferred.terms(question)).toEqual(made.terms(question));
    expect(deferred.matchFollowUp(question, 'volumes')).toEqual(made.matchFollowUp(question, 'volumes'));
  }
});
