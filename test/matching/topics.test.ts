import { expect, test } from 'vitest';
import type { Entry } from '../../src/knowledge/entry.ts';
import { readTopics } from '../../src/matching/topics.ts';
import { entryOf } from './entry-of.ts';
import { openShippedBook } from './shared-models.ts';

const example = 'docs/team-knowledge';

test('phrasings of every shipped topic count alike', async () => {
  expect(
    [...readTopics([...(await openShippedBook()).entries.values()]).weights].filter((weight) => weight !== 1),
  ).toEqual([]);
});

test("a young topic counts like any other where it is shipped, and for more where it is a team's own", () => {
  const asked = Array.from({ length: 60 }, (_, number) => `what is volume ${number}?`);
  const young = entryOf('young', 'images', ['what is an image?']);
  const weightOfYoung = (entry: Entry) => {
    const { ofEntry, weights } = readTopics([entryOf('old', 'volumes', asked), entry]);
    return weights[ofEntry[1] ?? weights.length];
  };
  expect(weightOfYoung(young)).toBe(1);
  expect(weightOfYoung({ ...young, own: true })).toBeGreaterThan(2);
});

test('signposts have no topic: those of a chapter are told apart from the rest together', () => {
  const near = [entryOf('near', null, ['how?'], true), entryOf('nearer', null, ['so?'], true)];
  const far = { ...entryOf('far', null, ['why?'], true), chapter: 'far' };
  const { ofEntry } = readTopics([...near, far, entryOf('own', 'volumes', ['what?'])]);
  expect(ofEntry[0]).toBe(ofEntry[1]);
  expect(new Set(ofEntry).size).toBe(3);
});

test("phrasings of a team's few count for more, so that its entries answer questions that they do not list", async () => {
  const { entries, matcher } = await openShippedBook(example);
  const book = [...entries.values()];
  const own = book.find(({ id }) => id === 'where-our-databases-keep-data');
  const { ofEntry, weights } = readTopics(book);
  expect(weights[ofEntry[own ? book.indexOf(own) : book.length] ?? weights.length]).toBeGreaterThan(2);
  for (const question of ['where do our databases keep data?', 'which volume belongs to the staging db']) {
    expect(own?.phrasings).not.toContain(question);
    expect(matcher.match(question)).toMatchObject({ outcome: 'answer', entry: own?.id });
  }
});

test('questions of the shipped book keep their answers beside them', async () => {
  const { matcher: alone } = await openShippedBook();
  const { matcher: together } = await openShippedBook(example);
  for (const question of [
    'how do I keep postgres data in docker',
    'where are docker volumes on disk',
    'back up a volume',
  ])
    expect(together.match(question).entry).toBe(alone.match(question).entry);
});
