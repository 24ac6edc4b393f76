import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { FakeSlack } from '../fake-slack/fake-slack.ts';
import { mention, message, nextTs, press } from '../fake-slack/payloads.ts';
import { startApp } from './start-app.ts';

const question = 'does a tag move when I build again?';
const threads = ['a', 'b', 'c', 'd', 'e', 'f'].map(() => nextTs());

/** How many replies each thread got; a second look later would find what comes twice. */
async function repliesIn(slack: FakeSlack, expected: readonly string[], seconds: number): Promise<number[]> {
  const posted = () =>
    slack.calls.flatMap(({ method, fields }) => (method === 'chat.postMessage' ? fields.thread_ts : []));
  await slack.waitFor(() => expected.every((thread) => posted().includes(thread)), seconds);
  await sleep(500);
  return expected.map((thread) => posted().filter((other) => other === thread).length);
}

const once = threads.map(() => 1);

/** Seconds for which Slack is away; SLACK_AWAY_SECONDS=35 tries longer. */
const away = Number(process.env.SLACK_AWAY_SECONDS ?? 4);

describe('events', () => {
  test('that come three times each, in any order, and as mention and message, are answered once each', async () => {
    const { slack } = await startApp();
    const copies = [0, 1, 2].flatMap(() =>
      threads.flatMap((ts) => [
        mention(question, { ts }),
        message(`<@U0BOT> ${question}`, { ts, channel: 'C1', channel_type: 'channel' }),
      ]),
    );
    await Promise.all(copies.map((payload) => slack.send('events_api', payload)));
    expect(await repliesIn(slack, threads, 20)).toEqual(once);
  });

  test('that Slack sends again because it saw no acknowledgement are answered once', async () => {
    const { slack } = await startApp();
    const sent = threads.map((ts) => slack.send('events_api', mention(question, { ts })));
    await slack.waitFor((call) => call.method === 'chat.postMessage');
    slack.cut();
    await Promise.all(threads.map((ts) => slack.send('events_api', mention(question, { ts }))));
    expect(await repliesIn(slack, threads, 30)).toEqual(once);
    await Promise.all(sent);
  });

  test('that Slack sends again are counted', async () => {
    const { slack, metrics } = await startApp();
    const sent = slack.send('events_api', mention(question));
    slack.cut();
    await sent;
    await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect((await metrics.render()).body).toMatch(/dockproof_slack_redeliveries_total [1-9]/);
  });
});

describe('a Slack that is away for a while', () => {
  test('is told from one that is there, and loses and doubles nothing when it comes back', async () => {
    const { slack, surface } = await startApp();
    expect(surface.connected()).toBe(true);
    slack.cut(away);
    const sent = threads.map((ts) => slack.send('events_api', mention(question, { ts })));
    await vi.waitFor(() => expect(surface.connected()).toBe(false), 5000);
    await Promise.all(sent);
    expect(surface.connected()).toBe(true);
    expect(await repliesIn(slack, threads, 30)).toEqual(once);
    expect(slack.refused).toEqual([]);
  }, 90_000);

  test('and then refuses the token is asked again until it takes it', async () => {
    const { slack, surface } = await startApp();
    slack.faults.set('apps.connections.open', ['invalid_auth', 'account_inactive']);
    slack.cut();
    await slack.connected();
    await slack.send('events_api', mention(question));
    await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(surface.connected()).toBe(true);
  });

  test('in the middle of a demo gets its end in the same message', async () => {
    const { slack, store } = await startApp();
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
    await slack.waitFor((call) => call.method === 'chat.postMessage' && call !== answer);
    slack.cut(2);
    slack.faults.set('chat.update', [500, 429, 500]);
    const end = await slack.waitFor(
      ({ method, fields }) => method === 'chat.update' && /held/.test(fields.text ?? ''),
      60,
    );
    const ended = [{ outcome: 'held', message: { ts: end.fields.ts } }];
    await vi.waitFor(async () => expect(await store.runs.since(0)).toMatchObject(ended));
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage').length).toBeLessThanOrEqual(3);
  }, 90_000);
});

describe('calls that fail', () => {
  test('with 429 and 500 in turn are made again until each answer stands once', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.postMessage', [429, 500, 429, 503, 500, 429]);
    await Promise.all(threads.map((ts) => slack.send('events_api', mention(question, { ts }))));
    expect(await repliesIn(slack, threads, 60)).toEqual(once);
  }, 90_000);

  test('wait as long as Slack says, and not for ever where it says nothing', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.postMessage', [429]);
    const asked = performance.now();
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(answer.at - asked).toBeGreaterThanOrEqual(1000);
  });
});
