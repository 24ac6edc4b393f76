import { setTimeout as sleep } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Assistant } from '../../../src/assistant/assistant.ts';
import { createPeople } from '../../../src/slack/people/people.ts';
import { createPolls } from '../../../src/slack/polls/polls.ts';
import { createDemoRuns } from '../../../src/slack/runs/demo-runs.ts';
import type { Predictions } from '../../../src/store/predictions.ts';
import type { Store } from '../../../src/store/store.ts';
import { temporaryFolder } from '../../engines/test-engine.ts';
import { type Call, type FakeSlack, workspace } from '../../fake-slack/fake-slack.ts';
import { command, press } from '../../fake-slack/payloads.ts';
import { accessStore } from '../../store/open-test-store.ts';
import { startApp } from '../start-app.ts';

const ts = '1700000000.000300';
const poll = `C1:${ts}`;
const key = { team: 'T1', poll };

interface Left {
  readonly until: number;
  /** The right option of a poll that ended. */
  readonly right?: number;
}

/** Writes a poll in which two have guessed. */
async function fill(predictions: Predictions, { until, right }: Left): Promise<void> {
  const at = Date.now();
  await predictions.open({ ...key, demo: 'tag-moves', asker: 'U1', askedIn: 'C1', until, thread: ts, at });
  await predictions.put({ ...key, demo: 'tag-moves', person: 'U2', option: 0, at });
  await predictions.put({ ...key, demo: 'tag-moves', person: 'U3', option: 1, at });
  if (right !== undefined) await predictions.close({ ...key, demo: 'tag-moves', right, at });
}

/** A folder in which an earlier process left a poll. */
async function leavePoll(left: Left): Promise<string> {
  const folder = await temporaryFolder();
  const before = accessStore(folder);
  await fill((await before.open()).predictions, left);
  await before.close();
  return folder;
}

const edits = ({ calls }: FakeSlack) => calls.filter((call) => call.method === 'chat.update' && call.fields.ts === ts);
const whispers = ({ calls }: FakeSlack) => calls.filter(({ method }) => method === 'chat.postEphemeral');
const ran = (slack: FakeSlack) => slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);

describe('a poll that a restart left', () => {
  test('whose time is over says so at once, and anybody may run it', async () => {
    const folder = await leavePoll({ until: Date.now() - 1 });
    const { slack } = await startApp({ DATA_DIR: folder });
    const shown = await slack.waitFor((call) => call.fields.ts === ts);
    expect(shown.fields.text).toContain('Anybody may run it now');
    await sleep(300);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toEqual([]);
    const there: Call = { ...shown, fields: { ...shown.fields, thread_ts: ts } };
    await slack.send('interactive', press(there, 'predict_run', slack.responseUrl(), { user: 'U7', ts }));
    expect((await ran(slack)).fields.channel).toBe('C1');
    expect(slack.refused).toEqual([]);
  });

  test('after its end tells those who were not told how they did, each once', async () => {
    const folder = await leavePoll({ until: Date.now(), right: 1 });
    const { slack, surface, assistant } = await startApp({ DATA_DIR: folder });
    await slack.waitFor(() => whispers(slack).length === 2);
    expect(edits(slack).at(-1)?.fields.text).toContain('of 2 people were right');
    await assistant.close();
    await surface.stop();
    const again = await startApp({ DATA_DIR: folder });
    await sleep(500);
    expect([...whispers(again.slack), ...edits(again.slack)]).toEqual([]);
  });
});

describe('a poll whose time still runs when it is found', () => {
  /** Leaves a poll in the store of an app that runs, and has another part of it find the poll. */
  async function find(slack: FakeSlack, store: Store, assistant: Assistant): Promise<void> {
    await fill(store.predictions, { until: Date.now() + 300 });
    const log = pino({ level: 'silent' });
    const parts = { assistant, log, people: createPeople(log) };
    const client = new WebClient(workspace.botToken, { slackApiUrl: slack.apiUrl });
    await createPolls(parts, createDemoRuns(parts)).restore(async () => client);
  }

  test('runs by itself when its time comes', async () => {
    const { slack, store, assistant } = await startApp();
    await find(slack, store, assistant);
    await ran(slack);
    await slack.waitFor(() => / of 2 people were right/.test(edits(slack).at(-1)?.fields.text ?? ''));
    await slack.waitFor(() => whispers(slack).length === 2);
    expect(slack.refused).toEqual([]);
  });

  test('and whose message is gone runs nothing', async () => {
    const { slack, store, assistant } = await startApp();
    slack.faults.set('chat.update', ['message_not_found', 'message_not_found']);
    await find(slack, store, assistant);
    await expect.poll(() => slack.faults.get('chat.update'), { timeout: 10_000 }).toEqual([]);
    await sleep(300);
    expect(await store.runs.since(0)).toEqual([]);
  });
});

test('everybody who guessed is told alone how they did, and the message names nobody but whoever opened it', async () => {
  const { slack, assistant } = await startApp();
  slack.people.set('U1', { profile: { display_name: 'Ann' } });
  slack.people.set('U2', { profile: { display_name: 'Bob' } });
  await slack.send('slash_commands', command('predict tag-moves', slack.responseUrl()));
  const opened = await slack.waitFor(({ method }) => method === 'chat.postMessage');
  const demo = assistant.demos().find(({ id }) => id === 'tag-moves');
  const right = demo?.question.right ?? 0;
  const at = { ts: '1001.000100' };
  const guesses = [right, right === 0 ? 1 : 0].map((option) => JSON.stringify({ option }));
  for (const [index, pick] of guesses.entries())
    await slack.send(
      'interactive',
      press(opened, 'predict_option', slack.responseUrl(), { ...at, pick, user: `U${index + 2}` }),
    );
  await slack.waitFor(({ fields }) => /2 people have guessed/.test(fields.text ?? ''));
  await slack.send('interactive', press(opened, 'predict_run', slack.responseUrl(), at));
  await ran(slack);
  await slack.waitFor(() => whispers(slack).length === 2);
  const told = Object.fromEntries(whispers(slack).map(({ fields }) => [fields.user, fields]));
  expect(told.U2).toMatchObject({ channel: 'C1', thread_ts: at.ts, text: expect.stringContaining('that is right') });
  expect(told.U3?.text).toContain(`It is “${demo?.question.options[right]}”`);
  const shown = slack.calls.map(({ fields }) => `${fields.text} ${fields.blocks}`).join('\n');
  expect(shown).toContain('Asked by Ann');
  expect(shown).toContain('The demo runs in the thread of this message');
  expect(shown).not.toMatch(/Bob|<@|"user_id"/);
  expect(slack.refused).toEqual([]);
});
