import { expect, test } from 'vitest';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { deferMatcher } from '../../src/matching/deferred-matcher.ts';
import { entryOf } from './entry-of.ts';

const book = [
  entryOf('volumes', 'volumes-basics', ['what is a docker volume?', 'how do I create a volume?']),
  entryOf('layers', 'image-layers', ['what is an image layer?', 'list the layers of an image']),
];

test('a deferred matcher is made when it is first asked, once', () => {
  let makings = 0;
  const matcher = deferMatcher(() => {
    makings += 1;
    return createMatcher(book);
  });
  expect(makings).toBe(0);
  matcher.match('create a volume');
  matcher.terms('layers');
  matcher.matchFollowUp('and layers?', 'volumes');
  expect(makings).toBe(1);
});

test('a deferred matcher answers like one that was made at once', () => {
  const [deferred, made] = [deferMatcher(() => createMatcher(book)), createMatcher(book)];
  for (const question of ['create a volume', 'list the layers', 'what is the weather?', '']) {
    expect(deferred.match(question)).toEqual(made.match(question));
    expect(deferred.terms(question)).toEqual(made.terms(question));
    expect(deferred.matchFollowUp(question, 'volumes')).toEqual(made.matchFollowUp(question, 'volumes'));
  }
});
