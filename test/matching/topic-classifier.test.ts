import { describe, expect, test } from 'vitest';
import { classify, layOutRows, trainTopics } from '../../src/matching/topic-classifier.ts';

// Terms by their numbers, all worth the same.
const [tea, bitter, cup, biscuit] = [0, 1, 2, 3];
// Topics too.
const [drinks, food] = [0, 1];
const ask = (...numbers: number[]) => numbers.map((number) => ({ number, share: 1 / Math.sqrt(numbers.length) }));

/** Learns from topics, each with its phrasings, in turn. */
function learn(topics: readonly (readonly number[][])[]) {
  const most = Math.max(0, ...topics.map((phrases) => phrases.length));
  const inTurn = Array.from({ length: most }, (_, place) =>
    topics.flatMap((phrases, topic) => phrases.slice(place, place + 1).map((phrase) => ({ topic, phrase }))),
  ).flat();
  return trainTopics(
    layOutRows(inTurn.map(({ phrase }) => ask(...phrase))),
    Uint16Array.from(inTurn, ({ topic }) => topic),
    { topics: topics.length, terms: 4, rounds: 6 },
  );
}

const kitchen = () =>
  learn([
    [[tea, bitter], [tea, cup], [cup]],
    [[biscuit, bitter], [biscuit], [biscuit, cup]],
  ]);

describe('the classifier', () => {
  test('holds the topic for probable whose phrasings alone say a word', () => {
    expect(classify(kitchen(), ask(tea))[drinks]).toBeGreaterThan(0.8);
    expect(classify(kitchen(), ask(biscuit))[food]).toBeGreaterThan(0.8);
  });

  test('is less sure of a word that both topics say', () => {
    const [own = 0, shared = 0] = [ask(tea), ask(bitter)].map((terms) => classify(kitchen(), terms)[drinks]);
    expect(shared).toBeLessThan(own);
    expect(shared).toBeGreaterThan(0.1);
  });

  test('gives probabilities that are 1 together', () => {
    const shares = [...classify(kitchen(), ask(cup, bitter))];
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });

  test('takes all topics for possible where the question says nothing that it knows', () => {
    const shares = [...classify(kitchen(), [])];
    expect(shares).toHaveLength(2);
    for (const share of shares) expect(share).toBeGreaterThan(0.2);
  });

  test('still finds a topic that has one phrasing beside another that has many', () => {
    const many = Array.from({ length: 60 }, (_, each) => (each % 2 === 0 ? [tea, cup] : [tea, bitter]));
    const classifier = learn([many, [[biscuit, cup]]]);
    expect(classify(classifier, ask(biscuit, cup))[food]).toBeGreaterThan(0.5);
  });

  test('learns the same from the same book', () => {
    expect(kitchen()).toEqual(kitchen());
  });

  test('learns nothing from an empty book, and gives no topic', () => {
    expect(classify(learn([]), ask(tea))).toHaveLength(0);
  });
});
