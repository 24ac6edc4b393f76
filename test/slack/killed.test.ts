import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { type Call, startFakeSlack } from '../fake-slack/fake-slack.ts';
import { mention, press } from '../fake-slack/payloads.ts';
import { accessStore, openRaw } from '../store/open-test-store.ts';
import { startServe } from './serve-process.ts';

const rounds = Number(process.env.KILLED_ROUNDS ?? 4);
const question = 'why is my database empty after I redeployed?';

test('killed at random moments of a session, the bot loses no vote, gap or setting, and says of each demo that it was stopped', async () => {
  const slack = await startFakeSlack();
  const folder = await temporaryFolder();
  const access = accessStore(folder);
  const settings = { DATA_DIR: folder, DEMO_WARM_RUNS: '0' };
  /** The message of each run, as it stands. */
  const runMessages = new Map<string, Call>();
  const messageOf = new Map<Call, string>();
  let posted = 1000;
  const votes: { readonly message: string; readonly user: string }[] = [];
  slack.listen((call) => {
    const { method, fields } = call;
    if (method === 'chat.postMessage') messageOf.set(call, `${++posted}.000100`);
    const ts = method === 'chat.update' ? fields.ts : messageOf.get(call);
    const isRun = /"(stop_run|run_again)"/.test(fields.blocks ?? '') && !/vote_helpful/.test(fields.blocks ?? '');
    if (ts !== undefined && isRun) runMessages.set(ts, call);
  });

  for (let round = 0; round < rounds; round++) {
    const bot = await startServe(slack, settings);
    const user = `U${round + 1}`;
    const before = slack.calls.length;
    const since = (method: string) => slack.calls.slice(before).find((call) => call.method === method);
    await slack.send('events_api', mention(question, { user }));
    await slack.waitFor(() => since('chat.postMessage') !== undefined);
    const answer = since('chat.postMessage');
    if (!answer) throw new Error('There is no answer');
    const ts = messageOf.get(answer) ?? '';
    await (await access.open()).settings.put('T1', { dailyDemoBudget: 1000 + round });
    await slack.send('interactive', press(answer, 'vote_not_helpful', slack.responseUrl(), { user, ts }));
    await slack.waitFor(() => since('views.open') !== undefined);
    votes.push({ message: ts, user });
    for (const other of [user, `${user}A`, `${user}B`, `${user}C`])
      await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { user: other, ts }));
    await sleep(Math.random() * 1500);
    const killedAt = performance.now();
    await bot.kill();
    // A message of which the bot had no word from Slack yet cannot be found again by anybody.
    for (const [call, own] of messageOf) if (call.at > killedAt - 100) runMessages.delete(own);
  }

  const bot = await startServe(slack, settings);
  const store = await access.open();
  const stopped = (text: string | undefined) => /stopped by a restart|Every claim held/.test(text ?? '');
  await slack.waitFor(() => [...runMessages.values()].every((call) => stopped(call.fields.text)), 30);
  // Runs that had no message yet are closed in the same go, after the messages or without any.
  await expect.poll(() => store.runs.unfinished(), { timeout: 30_000 }).toEqual([]);
  const runs = await store.runs.since(0);
  expect(runs.filter(({ outcome }) => outcome === 'interrupted').length).toBeGreaterThan(0);
  const onRecord = new Set(runs.map(({ message }) => message?.ts));
  expect([...runMessages.keys()].filter((ts) => !onRecord.has(ts))).toEqual([]);
  for (const { message, user } of votes)
    expect(await store.votes.forMessage('T1', 'C1', message)).toMatchObject([
      { person: user, vote: 'not-helpful', question },
    ]);
  expect(await store.gaps.list('T1', 0)).toHaveLength(rounds);
  expect((await store.settings.get('T1')).settings.dailyDemoBudget).toBe(1000 + rounds - 1);
  expect(openRaw(folder).prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  expect(slack.refused).toEqual([]);
  const again = [...runMessages.values()].find((call) => /stopped by a restart/.test(call.fields.text ?? ''));
  if (!again) throw new Error('No run was stopped by a restart');
  await slack.send('interactive', press(again, 'run_again', slack.responseUrl()));
  await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
  expect(await bot.end()).toBe(0);
}, 180_000);
