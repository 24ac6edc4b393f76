import { expect, onTestFinished, test } from 'vitest';
import { type Disturbance, startDisturbingProxy } from '../fake-slack/disturbing-proxy.ts';
import type { Call } from '../fake-slack/fake-slack.ts';
import { mention, nextTs } from '../fake-slack/payloads.ts';
import { startApp } from './start-app.ts';

const question = 'does a tag move when I build again?';

const kinds: readonly Disturbance[] = ['delay', 'cut', 'truncate', 'garble', '500', '429', 'hang'];
/** DISTURBED_SEEDS=10 tries more. */
const seeds = Array.from({ length: Number(process.env.DISTURBED_SEEDS ?? 2) }, (_, index) => index + 1);

const isAnswer = ({ method, blocks }: Call) =>
  method === 'chat.postMessage' && JSON.stringify(blocks ?? []).includes('vote_helpful');

test.each(kinds.flatMap((kind) => seeds.map((seed) => [kind, seed] as const)))(
  'where the way to Slack suffers from %s (seed %i), each question has one answer, and no error is left to nobody',
  async (kind, seed) => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => void unhandled.push(error);
    for (const event of ['unhandledRejection', 'uncaughtExceptionMonitor'] as const) {
      process.on(event, note);
      onTestFinished(() => void process.off(event, note));
    }
    let disturb = (_: readonly Disturbance[], __: number) => {};
    let done: readonly string[] = [];
    const { slack } = await startApp({}, undefined, undefined, async (fake) => {
      const proxy = await startDisturbingProxy(fake.apiUrl, seed);
      ({ done, disturb } = proxy);
      return { SLACK_API_URL: proxy.apiUrl };
    });
    disturb([kind], kind === 'hang' ? 0.1 : 0.3);
    const threads = Array.from({ length: 12 }, () => nextTs());
    for (const ts of threads) await slack.send('events_api', mention(question, { ts }));
    const answersOf = (ts: string) =>
      slack.calls.filter((call) => isAnswer(call) && call.fields.thread_ts === ts).length;
    await expect
      .poll(() => threads.filter((ts) => answersOf(ts) === 0), { timeout: 100_000, interval: 200 })
      .toEqual([]);
    disturb([], 0);
    const last = nextTs();
    await slack.send('events_api', mention(question, { ts: last }));
    await expect.poll(() => answersOf(last), { timeout: 60_000 }).toBe(1);
    expect(threads.map(answersOf)).toEqual(threads.map(() => 1));
    expect(done.length).toBeGreaterThan(0);
    expect(unhandled).toEqual([]);
  },
  200_000,
);
