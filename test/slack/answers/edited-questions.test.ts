import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { FakeSlack } from '../../fake-slack/fake-slack.ts';
import { mention, message, nextTs } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const question = 'what is a volume?';
const corrected = 'what is the difference between a volume and a bind mount?';
const chat = ({ calls }: FakeSlack, method: string) => calls.filter((call) => call.method === `chat.${method}`);

async function ask(slack: FakeSlack, text: string = question, fields: object = {}): Promise<string> {
  const ts = nextTs();
  await slack.send('events_api', mention(text, { ts, ...fields }));
  const before = chat(slack, 'postMessage').length;
  await slack.waitFor(() => chat(slack, 'postMessage').length > before || before > 0);
  return ts;
}

const changed = (ts: string, text: string, fields: object = {}) =>
  message('', {
    subtype: 'message_changed',
    channel: 'C1',
    channel_type: 'channel',
    user: undefined,
    message: { type: 'message', user: 'U1', ts, text, edited: { user: 'U1', ts: nextTs() }, ...fields },
    previous_message: { type: 'message', user: 'U1', ts, text: 'before' },
  });

const deleted = (ts: string) =>
  message('', {
    subtype: 'message_deleted',
    channel: 'C1',
    channel_type: 'channel',
    user: undefined,
    deleted_ts: ts,
    previous_message: { type: 'message', user: 'U1', ts, text: 'before' },
  });

describe('an edit of a question', () => {
  test('changes its answer in place', async () => {
    const { slack } = await startApp();
    const ts = await ask(slack);
    await slack.send('events_api', changed(ts, `<@U0BOT> ${corrected}`));
    const edit = await slack.waitFor(({ method }) => method === 'chat.update');
    expect(edit.fields).toMatchObject({
      channel: 'C1',
      ts: '1001.000100',
      text: expect.stringContaining('bind mount'),
    });
    expect(chat(slack, 'postMessage')).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test('that comes as a mention anew does too, and twice changes nothing more', async () => {
    const { slack } = await startApp();
    const ts = await ask(slack);
    const edited = mention(corrected, { ts, edited: { user: 'U1', ts: nextTs() } });
    for (const event of [edited, changed(ts, `<@U0BOT> ${corrected}`), edited]) await slack.send('events_api', event);
    await slack.waitFor(({ method }) => method === 'chat.update');
    await sleep(200);
    expect(chat(slack, 'update')).toHaveLength(1);
    expect(chat(slack, 'postMessage')).toHaveLength(1);
  });

  test('that adds the mention is answered', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention(question, { edited: { user: 'U1', ts: nextTs() } }));
    await slack.waitFor(({ method }) => method === 'chat.postMessage');
  });

  test('turns what was not known into an answer and back, and the gap with it', async () => {
    const { slack, store } = await startApp();
    const ts = await ask(slack, 'how do I cook rice?');
    await expect.poll(() => store.gaps.list('T1', 0)).toHaveLength(1);
    await slack.send('events_api', changed(ts, `<@U0BOT> ${question}`));
    await slack.waitFor(() => chat(slack, 'update').length === 1);
    await expect.poll(() => store.gaps.list('T1', 0)).toEqual([]);
    await slack.send('events_api', changed(ts, '<@U0BOT> how do I cook beans?'));
    await slack.waitFor(() => chat(slack, 'update').length === 2);
    await expect.poll(() => store.gaps.list('T1', 0)).toMatchObject([{ question: 'how do I cook beans?' }]);
  });

  test('in a direct message works the same', async () => {
    const { slack } = await startApp();
    const ts = nextTs();
    await slack.send('events_api', message(question, { ts }));
    await slack.waitFor(({ method }) => method === 'chat.postMessage');
    const edit = message('', { subtype: 'message_changed', message: { user: 'U1', ts, text: corrected } });
    await slack.send('events_api', edit);
    const update = await slack.waitFor(({ method }) => method === 'chat.update');
    expect(update.fields.channel).toBe('D1');
  });

  test('that leaves the words as they are, of a message that was not answered, or after five minutes, changes nothing', async () => {
    const { slack, store } = await startApp();
    const ts = await ask(slack);
    await expect.poll(() => store.answers.find('T1', 'C1', ts)).not.toBeNull();
    await slack.send('events_api', changed(ts, `<@U0BOT>  ${question} `, { attachments: [{}] }));
    await slack.send('events_api', changed('1500000000.000100', `<@U0BOT> ${corrected}`));
    const known = await store.answers.find('T1', 'C1', ts);
    if (known) await store.answers.put({ ...known, at: Date.now() - 301_000 });
    await slack.send('events_api', changed(ts, `<@U0BOT> ${corrected}`));
    await sleep(300);
    expect(chat(slack, 'update')).toEqual([]);
  });

  test('of a follow-up nobody mentioned the bot in takes the answer away where it is not sure any more', async () => {
    const { slack } = await startApp();
    const thread = await ask(slack);
    const ts = nextTs();
    const where = { channel: 'C1', channel_type: 'channel', thread_ts: thread };
    await slack.send('events_api', message('how do I back it up?', { ...where, ts }));
    await slack.waitFor(() => chat(slack, 'postMessage').length === 2);
    await slack.send('events_api', changed(ts, 'how do I tell Bob?', { thread_ts: thread }));
    const gone = await slack.waitFor(({ method }) => method === 'chat.delete');
    expect(gone.fields.ts).toBe('1002.000100');
    expect(slack.refused).toEqual([]);
  });
});

describe('a question that is taken back by an edit', () => {
  test.each([
    ['in words, without the mention', 'never mind'],
    ['in words, with the mention', '<@U0BOT> oh, never mind, found it'],
    ['with nothing left but the mention', '<@U0BOT>'],
    ['so that nobody asks the bot any more', 'I told the cooks about the rice'],
  ])('%s takes its answer away, and comes back with it', async (_, text) => {
    const { slack, store } = await startApp();
    const ts = await ask(slack);
    await expect.poll(() => store.answers.find('T1', 'C1', ts)).not.toBeNull();
    await Promise.all([1, 2].map(() => slack.send('events_api', changed(ts, text))));
    const gone = await slack.waitFor(({ method }) => method === 'chat.delete');
    expect(gone.fields).toMatchObject({ channel: 'C1', ts: '1001.000100' });
    await sleep(200);
    expect(chat(slack, 'delete')).toHaveLength(1);
    expect(chat(slack, 'update')).toEqual([]);
    expect(await store.gaps.list('T1', 0)).toEqual([]);
    await slack.send('events_api', changed(ts, `<@U0BOT> ${corrected}`));
    await slack.waitFor(() => chat(slack, 'postMessage').length === 2);
    await slack.send('events_api', changed(ts, `<@U0BOT> ${question}`));
    const edit = await slack.waitFor(({ method }) => method === 'chat.update');
    expect(edit.fields.ts).toBe('1002.000100');
    expect(slack.refused).toEqual([]);
  });

  test('in a direct message takes its answer away too', async () => {
    const { slack } = await startApp();
    const ts = nextTs();
    await slack.send('events_api', message(question, { ts }));
    await slack.waitFor(({ method }) => method === 'chat.postMessage');
    const edit = message('', { subtype: 'message_changed', message: { user: 'U1', ts, text: 'nvm' } });
    await slack.send('events_api', edit);
    expect((await slack.waitFor(({ method }) => method === 'chat.delete')).fields.channel).toBe('D1');
  });
});

describe('the deletion of a question', () => {
  test.each([
    ['as such', (ts: string) => deleted(ts)],
    [
      'as a tombstone, since it has replies',
      (ts: string) =>
        changed(ts, 'This message was deleted.', { subtype: 'tombstone', user: 'USLACKBOT', thread_ts: ts }),
    ],
  ])('%s takes its answer away, once', async (_, event) => {
    const { slack, store } = await startApp();
    const ts = await ask(slack, 'how do I cook rice?');
    await Promise.all([event(ts), event(ts)].map((each) => slack.send('events_api', each)));
    const gone = await slack.waitFor(({ method }) => method === 'chat.delete');
    expect(gone.fields).toMatchObject({ channel: 'C1', ts: '1001.000100' });
    await sleep(200);
    expect(chat(slack, 'delete')).toHaveLength(1);
    expect(await store.gaps.list('T1', 0)).toEqual([]);
    expect(slack.refused).toEqual([]);
  });

  test('that comes while the answer is on its way takes it away all the same', async () => {
    const { slack } = await startApp();
    const ts = nextTs();
    await Promise.all([slack.send('events_api', mention(question, { ts })), slack.send('events_api', deleted(ts))]);
    await slack.waitFor(({ method }) => method === 'chat.delete');
  });

  test('of which the answer is gone already, or of any other message, does nothing', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.delete', ['message_not_found']);
    const ts = await ask(slack);
    await slack.send('events_api', deleted(ts));
    await slack.send('events_api', deleted('1500000000.000100'));
    await slack.send('events_api', mention(question));
    await slack.waitFor(() => chat(slack, 'postMessage').length === 2);
    expect(chat(slack, 'delete')).toEqual([]);
  });

  test('that Slack refuses can come again', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.delete', ['fatal_error']);
    const ts = await ask(slack);
    await slack.send('events_api', deleted(ts));
    await slack.send('events_api', deleted(ts));
    await slack.waitFor(({ method }) => method === 'chat.delete');
  });
});
