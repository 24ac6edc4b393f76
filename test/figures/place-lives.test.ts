import { describe, expect, test } from 'vitest';
import type { Life, LifeEvent } from '../../src/demos/lives/life.ts';
import { placeLives } from '../../src/figures/drawing/place-lives.ts';

const of = (...events: LifeEvent[]): Life[] => events.map((event) => ({ kind: 'container', name: 'a', event }));

describe('a life on the axis of steps', () => {
  test('goes from where it was made to the end of the run', () => {
    expect(placeLives([of('made', 'started'), []])[0]).toMatchObject({
      spans: [{ from: 0.5, to: 2, lives: true }],
      removedAt: [],
    });
  });

  test('shows when a container did not run', () => {
    const [line] = placeLives([of('made', 'started'), of('ended', 'started')]);
    expect(line?.spans.map(({ lives }) => lives)).toEqual([true, false, true]);
  });

  test('ends where it was removed, and begins again where the name is made anew', () => {
    const [line] = placeLives([of('made', 'started'), of('removed'), of('made', 'started')]);
    expect(line?.spans).toEqual([
      { from: 0.5, to: 1.5, lives: true },
      { from: 2.5, to: 3, lives: true },
    ]);
    expect(line?.removedAt).toEqual([1.5]);
  });

  test('keeps the order of what happened in a step', () => {
    const [line] = placeLives([of('made', 'wrote', 'read', 'missed')]);
    expect(line?.touches.map(({ at }) => at)).toEqual([0.4, 0.6, 0.8]);
  });
});
