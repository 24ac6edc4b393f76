import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { mention, message, nextTs, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const question = 'what happens to my data when a container is replaced?';
const followUp = 'and with compose down?';

/** What somebody writes in a thread of a channel without a mention. */
const inThread = (text: string, thread: string, fields: object = {}) =>
  message(text, { channel: 'C1', channel_type: 'channel', thread_ts: thread, ...fields });

const posts = ({ calls }: FakeSlack): Call[] => calls.filter(({ method }) => method === 'chat.postMessage');
const titles = (slack: FakeSlack): string[] => posts(slack).map(({ fields }) => fields.text?.split('\n')[0] ?? '');

/** Asks by a mention; the thread is that of the message. */
async function begin(slack: FakeSlack, fields: object = {}): Promise<string> {
  const ts = nextTs();
  await slack.send('events_api', mention(question, { ts, ...fields }));
  await slack.waitFor(({ method }) => method === 'chat.postMessage');
  return ts;
}

/** Waits until everything that was sent is dealt with: what is said to the bot last is answered last. */
async function settle(slack: FakeSlack): Promise<void> {
  const before = posts(slack).length;
  await slack.send('events_api', message('hello', { channel: 'D9' }));
  await slack.waitFor(({ fields }) => fields.channel === 'D9');
  await sleep(100);
  slack.calls.splice(
    slack.calls.findIndex(({ fields }) => fields.channel === 'D9'),
    1,
  );
  expect(posts(slack).length).toBeGreaterThanOrEqual(before);
}

describe('a follow-up without a mention', () => {
  test('is answered in a thread where the bot answered, and goes on from the entry before', async () => {
    const { slack } = await startApp();
    const thread = nextTs();
    await slack.send('events_api', mention('what is a docker volume?', { ts: thread }));
    await slack.waitFor(({ method }) => method === 'chat.postMessage');
    await slack.send('events_api', inThread('how do I back it up?', thread));
    await slack.waitFor(() => posts(slack).length === 2);
    expect(titles(slack)[1]).toBe('How do I back up and restore a volume?');
    expect(posts(slack)[1]?.fields.thread_ts).toBe(thread);
    expect(slack.refused).toEqual([]);
  });

  test('is answered once, however often it comes', async () => {
    const { slack } = await startApp();
    const thread = await begin(slack);
    const once = inThread(followUp, thread);
    await Promise.all([1, 2, 3].map(() => slack.send('events_api', once)));
    await slack.waitFor(() => posts(slack).length === 2);
    await settle(slack);
    expect(posts(slack)).toHaveLength(2);
  });

  test.each([
    ['that is a remark', 'ok, I will tell the compose team'],
    ['that is small talk', 'thanks!'],
    ['of which the match is not sure', 'how about that other one?'],
    ['that has no words', ''],
  ])('%s is left alone', async (_, text) => {
    const { slack } = await startApp();
    const thread = await begin(slack);
    await slack.send('events_api', inThread(text, thread));
    await settle(slack);
    expect(posts(slack)).toHaveLength(1);
  });

  test('is left alone in a thread where the bot did not answer, and outside threads', async () => {
    const { slack } = await startApp();
    await begin(slack);
    await slack.send('events_api', inThread(question, '1500000000.000100'));
    await slack.send('events_api', message(question, { channel: 'C1', channel_type: 'channel' }));
    await settle(slack);
    expect(posts(slack)).toHaveLength(1);
  });

  test('is left alone once somebody else writes there, and a mention is answered again', async () => {
    const { slack } = await startApp();
    const thread = await begin(slack);
    await slack.send('events_api', inThread('I had that too', thread, { user: 'U2' }));
    await slack.send('events_api', inThread(followUp, thread));
    await slack.send('events_api', inThread(followUp, thread, { user: 'U2' }));
    await settle(slack);
    expect(posts(slack)).toHaveLength(1);
    await slack.send('events_api', mention(followUp, { thread_ts: thread }));
    await slack.waitFor(() => posts(slack).length === 2);
    expect(titles(slack)[1]).toContain('docker compose');
    await slack.send('events_api', inThread('how do I back up a volume?', thread));
    await slack.waitFor(() => posts(slack).length === 3);
  });

  test.each([
    ['another person', '<@U2> and with compose down?'],
    ['everybody', '<!here> and with compose down?'],
    ['a group', '<!subteam^S1> and with compose down?'],
  ])('that speaks to %s is left alone, and so is what comes after it, until a mention', async (_, text) => {
    const { slack } = await startApp();
    const thread = await begin(slack);
    await slack.send('events_api', inThread(text, thread));
    await slack.send('events_api', inThread(followUp, thread));
    await settle(slack);
    expect(posts(slack)).toHaveLength(1);
    await slack.send('events_api', mention('what is a volume?', { thread_ts: thread }));
    await slack.waitFor(() => posts(slack).length === 2);
    await slack.send('events_api', inThread('how do I back it up?', thread));
    await slack.waitFor(() => posts(slack).length === 3);
    expect(titles(slack)[2]).toContain('back up');
  });

  test('is left alone where the mention spoke to somebody else too, and in a thread that somebody else began', async () => {
    const { slack } = await startApp();
    const ts = nextTs();
    await slack.send('events_api', mention(`${question} <@U2> look`, { ts }));
    await slack.send('events_api', mention(question, { thread_ts: '1500000000.000100' }));
    await slack.waitFor(() => posts(slack).length === 2);
    await slack.send('events_api', inThread(followUp, ts));
    await slack.send('events_api', inThread(followUp, '1500000000.000100', { parent_user_id: 'U2' }));
    await settle(slack);
    expect(posts(slack)).toHaveLength(2);
  });

  test('is left alone where the bot may not answer any more', async () => {
    const { slack, store } = await startApp();
    const thread = await begin(slack);
    await store.settings.put('T1', { answerChannels: ['C7'] });
    await slack.send('events_api', inThread(followUp, thread));
    await settle(slack);
    expect(posts(slack)).toHaveLength(1);
  });

  test('goes on from an entry that was picked in the thread', async () => {
    const { slack } = await startApp();
    const thread = await begin(slack);
    const answer = posts(slack)[0];
    if (answer) await slack.send('interactive', press(answer, 'show_entry', slack.responseUrl()));
    await slack.waitFor(() => posts(slack).length === 2);
    await slack.send('events_api', inThread('what is a volume?', thread));
    await slack.waitFor(() => posts(slack).length === 3);
    await slack.send('events_api', inThread('how do I back it up?', thread));
    await slack.waitFor(() => posts(slack).length === 4);
    expect(titles(slack)[3]).toContain('back up');
  });

  test('still goes on after a restart', async () => {
    const first = await startApp();
    const thread = await begin(first.slack);
    await first.surface.stop();
    const { slack } = await startApp({ DATA_DIR: first.folder });
    await slack.send('events_api', inThread(followUp, thread));
    await slack.waitFor(() => titles(slack)[0]?.includes('docker compose') === true);
  });
});

test('a direct message in a thread goes on from the entry before', async () => {
  const { slack } = await startApp();
  const ts = nextTs();
  await slack.send('events_api', message(question, { ts }));
  await slack.send('events_api', message(followUp, { thread_ts: ts }));
  await slack.waitFor(() => posts(slack).length === 2);
  expect(titles(slack)[1]).toContain('docker compose');
});

test('a store that cannot be used costs follow-ups, and no mention', async () => {
  const { slack, folder } = await startApp();
  const thread = await begin(slack);
  const other = new DatabaseSync(join(folder, 'dockproof.sqlite'));
  other.exec(
    'DROP TABLE thread_people; DROP TABLE threads; DROP TABLE answers; DROP TABLE seen_events; DROP TABLE settings',
  );
  other.close();
  await slack.send('events_api', inThread(followUp, thread));
  await slack.send('events_api', mention('what is a volume?'));
  await slack.waitFor(() => posts(slack).length === 2);
  expect(titles(slack)[1]).toContain('volume');
});
