import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { startFakeSlack } from '../fake-slack/fake-slack.ts';
import { mention, nextTs } from '../fake-slack/payloads.ts';
import { holdStore } from '../store/hold-store.ts';
import { accessStore } from '../store/open-test-store.ts';
import { startServe } from './serve-process.ts';

const questions = [
  'why is my database empty after I redeployed?',
  'does a tag move when I build again?',
  'what is a volume?',
  'how do I cook rice?',
  'is a container a small virtual machine?',
];

/** Milliseconds for which another process holds the store. */
const held = 5000;

test('a store that another process holds for five seconds costs no answer, no memory of one, and no pause', async () => {
  const slack = await startFakeSlack();
  const folder = await temporaryFolder();
  const bot = await startServe(slack, { DATA_DIR: folder, DEMO_WARM_RUNS: '0' });
  const store = await accessStore(folder).open();
  const posted = () => slack.calls.filter(({ method }) => method === 'chat.postMessage');

  /** The longest delay of the bot's event loop since this was asked last, in milliseconds. */
  async function longestDelay(): Promise<number> {
    const text = await (await fetch(`${bot.health}/metrics`)).text();
    return 1000 * Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1]);
  }

  /** Asks 50 questions at once, each in a thread of its own. @returns the threads, and the longest delay meanwhile */
  async function askAll(): Promise<{ readonly threads: readonly string[]; readonly delay: number }> {
    const before = posted().length;
    const threads = Array.from({ length: 50 }, () => nextTs());
    await longestDelay();
    await Promise.all(
      threads.map((ts, index) => slack.send('events_api', mention(questions[index % questions.length] ?? '', { ts }))),
    );
    await slack.waitFor(() => posted().length === before + threads.length, 60);
    return { threads, delay: await longestDelay() };
  }

  await askAll();
  const free = await askAll();
  const holder = await holdStore(folder);
  const since = performance.now();
  const busy = await askAll();
  await sleep(Math.max(0, held - (performance.now() - since)));
  await holder.release();
  const kept = async () => {
    const found = await Promise.all(busy.threads.map((ts) => store.answers.find('T1', 'C1', ts)));
    return found.filter((answer) => answer !== null).length;
  };
  await expect.poll(kept, { timeout: 30_000 }).toBe(50);
  const answered = posted().map(({ fields }) => fields.thread_ts);
  expect(busy.threads.filter((ts) => answered.filter((other) => other === ts).length !== 1)).toEqual([]);
  expect((await store.gaps.list('T1', 0)).filter(({ event }) => busy.threads.includes(event))).toHaveLength(10);
  // A wait on the thread itself delays everything for as long as the store is held; what else this machine does, for less.
  expect(busy.delay).toBeLessThan(held / 5);
  if (process.env.SHOW_DELAY !== undefined) process.stderr.write(`free ${free.delay} ms, held ${busy.delay} ms\n`);
  expect(await bot.end()).toBe(0);
}, 180_000);
