import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { boundPauses } from '../../../src/assistant/running/pause.ts';

const forever = () => new Promise<void>(() => undefined);

test('a step waits until there is leave', async () => {
  const waited: string[] = [];
  const pause = boundPauses(
    async (index, title) => void waited.push(`${index} ${title}`),
    60,
    new AbortController().signal,
  );
  await pause(0, 'first');
  await pause(1, 'second');
  expect(waited).toEqual(['0 first', '1 second']);
});

test('all waits together end by themselves, and later steps do not wait', async () => {
  let asked = 0;
  let told = false;
  const pause = boundPauses(
    (_, __, signal) => {
      asked++;
      signal.addEventListener('abort', () => {
        told = true;
      });
      return forever();
    },
    0.05,
    new AbortController().signal,
  );
  await pause(0, 'first');
  await pause(1, 'second');
  expect({ asked, told }).toEqual({ asked: 1, told: true });
});

test('the end of the run ends the wait', async () => {
  const run = new AbortController();
  const waiting = boundPauses(forever, 60, run.signal)(0, 'first');
  await sleep(10);
  run.abort();
  await waiting;
});
