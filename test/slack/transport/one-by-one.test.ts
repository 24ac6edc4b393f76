import { expect, test } from 'vitest';
import { createLine } from '../../../src/slack/transport/one-by-one.ts';

/** Keeps the thread busy. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Does many pieces of work that come at once. @returns how many turns of the event loop came between them */
async function turnsBetween(pieces: number, milliseconds: number): Promise<number> {
  const ownTurn = createLine();
  let turns = 0;
  let done = false;
  const count = (): void => {
    turns++;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(
    Array.from({ length: pieces }, async () => {
      await ownTurn();
      work(milliseconds);
    }),
  );
  done = true;
  return turns;
}

test('work that is long leaves others their turns in between', async () => {
  expect(await turnsBetween(20, 15)).toBeGreaterThanOrEqual(6);
});

test('work that is short is done in a few goes', async () => {
  expect(await turnsBetween(100, 0)).toBeLessThan(50);
});
