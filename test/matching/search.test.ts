import { describe, expect, test } from 'vitest';
import { readQuestion } from '../../src/matching/question.ts';
import { createSearch } from '../../src/matching/search.ts';
import { entryOf } from './entry-of.ts';

describe('a search', () => {
  const brewing = entryOf('brew-tea', 'tea', [
    'brew a pot of tea',
    'leave tea leaves in hot water',
    'tea tastes bitter',
  ]);
  const serving = entryOf('serve-tea', 'tea', ['pour tea into cups', 'serve tea to guests', 'bitter tea for guests']);
  const biscuits = entryOf('biscuits', 'biscuits', ['bitter biscuits taste burnt', 'bake biscuits']);

  test('ranks by topics too: several like phrasings on one outweigh a single one on another', () => {
    const { ranking } = createSearch([biscuits, brewing, serving]).find(readQuestion('guests say my tea is bitter'));
    expect(ranking[0]?.entry.topic).toBe('tea');
    expect(ranking[0]?.belief).toBeGreaterThan(0.5);
    expect(ranking[0]?.spelling).toBeGreaterThan(0.5);
  });

  test("gives the entries of a topic the same share, and all topics' shares are 1 together", () => {
    const { ranking } = createSearch([biscuits, brewing, serving]).find(readQuestion('bitter tea'));
    const [tea, moreTea] = ranking.filter((found) => found.entry.topic === 'tea');
    const other = ranking.find((found) => found.entry.topic === 'biscuits');
    expect(tea?.belief).toBe(moreTea?.belief);
    expect((tea?.belief ?? 0) + (other?.belief ?? 0)).toBeCloseTo(1);
    expect(tea?.spelling).toBe(moreTea?.spelling);
    expect((tea?.spelling ?? 0) + (other?.spelling ?? 0)).toBeCloseTo(1);
    expect(Math.max(tea?.topicShare ?? 0, moreTea?.topicShare ?? 0) + (other?.topicShare ?? 0)).toBeCloseTo(1);
  });

  test('takes all signposts for one topic', () => {
    const cups = entryOf('cups', null, ['where to buy tea cups'], true);
    const leaves = entryOf('leaves', null, ['where to buy tea leaves'], true);
    const { ranking } = createSearch([brewing, cups, leaves]).find(readQuestion('where do I buy tea'));
    expect(ranking[0]?.entry.signpost).toBe(true);
    expect(ranking[0]?.belief).toBe(ranking[1]?.belief);
  });
});
