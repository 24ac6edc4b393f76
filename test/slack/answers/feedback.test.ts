import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { command, mention, press, type SubmitOptions, submit } from '../../fake-slack/payloads.ts';
import { accessStore, openRaw } from '../../store/open-test-store.ts';
import { startApp } from '../start-app.ts';

const question = 'why is my database empty after I redeployed?';
const reason = (kind: string | null, words: string | null) => ({
  kind: { kind: { type: 'radio_buttons', selected_option: kind === null ? null : { value: kind } } },
  words: { words: { type: 'plain_text_input', value: words } },
});

async function ask(slack: FakeSlack): Promise<Call> {
  await slack.send('events_api', mention(question));
  return slack.waitFor((call) => call.method === 'chat.postMessage');
}

async function voteDown(slack: FakeSlack, user = 'U1'): Promise<Call> {
  const answer = await ask(slack);
  await slack.send('interactive', press(answer, 'vote_not_helpful', slack.responseUrl(), { user }));
  return slack.waitFor((call) => call.method === 'views.open');
}

describe('a vote', () => {
  test('that an answer helped is kept and confirmed to whoever voted alone', async () => {
    const { slack, store } = await startApp();
    const answer = await ask(slack);
    await slack.send('interactive', press(answer, 'vote_helpful', slack.responseUrl()));
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word.fields).toMatchObject({ channel: 'C1', user: 'U1', text: expect.stringContaining('counts: helpful') });
    expect(await store.votes.forMessage('T1', 'C1', '1001.000100')).toMatchObject([
      { person: 'U1', vote: 'helpful', question, entry: 'data-loss-on-replace' },
    ]);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
    expect(await store.gaps.list('T1', 0)).toEqual([]);
    expect(slack.refused).toEqual([]);
  });

  test('against an answer is kept before the reason is asked, and makes its question a gap', async () => {
    const { slack, store } = await startApp();
    const modal = await voteDown(slack);
    expect(await store.votes.forMessage('T1', 'C1', '1001.000100')).toMatchObject([
      { vote: 'not-helpful', reason: null },
    ]);
    expect(await store.gaps.list('T1', 0)).toMatchObject([
      { kind: 'voted-down', question, nearest: ['data-loss-on-replace'], person: 'U1', event: '1001.000100' },
    ]);
    expect(await slack.send('interactive', submit(modal, reason('incomplete', ' What about Compose? ')))).toEqual({});
    expect((await store.votes.forMessage('T1', 'C1', '1001.000100'))[0]?.reason).toBe(
      'incomplete: What about Compose?',
    );
    expect(slack.refused).toEqual([]);
  });

  test('can be changed: the last one counts, one a person, and a gap that is none any more goes', async () => {
    const { slack, store } = await startApp();
    const answer = await ask(slack);
    const vote = (id: string, user: string) =>
      slack.send('interactive', press(answer, id, slack.responseUrl(), { user }));
    for (const id of ['vote_not_helpful', 'vote_helpful', 'vote_not_helpful', 'vote_not_helpful']) await vote(id, 'U1');
    await vote('vote_not_helpful', 'U2');
    await vote('vote_helpful', 'U1');
    await expect.poll(() => store.votes.forMessage('T1', 'C1', '1001.000100'), { timeout: 20_000 }).toHaveLength(2);
    await slack.waitFor(() => slack.calls.filter(({ method }) => method === 'chat.postEphemeral').length === 6);
    expect(await store.gaps.list('T1', 0)).toHaveLength(1);
    await vote('vote_helpful', 'U2');
    await slack.waitFor(() => slack.calls.filter(({ method }) => method === 'chat.postEphemeral').length === 7);
    const votes = await store.votes.forMessage('T1', 'C1', '1001.000100');
    expect(votes.map(({ person, vote: kind }) => `${person} ${kind}`).sort()).toEqual(['U1 helpful', 'U2 helpful']);
    expect(await store.gaps.list('T1', 0)).toEqual([]);
  });

  test('on a private answer counts too', async () => {
    const { slack, folder } = await startApp();
    await slack.send('slash_commands', command(question, slack.responseUrl()));
    const answer = await slack.waitFor((call) => call.method.startsWith('respond/'));
    await slack.send('interactive', press(answer, 'vote_helpful', slack.responseUrl(), { ephemeral: true }));
    await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(votesIn(folder)).toEqual([{ entry: 'data-loss-on-replace', vote: 'helpful' }]);
  });

  test('is offered on answers only', async () => {
    const { slack } = await startApp();
    for (const words of ['hello', 'how do I cook rice?', '']) {
      await slack.send('events_api', mention(words, { channel: 'C3' }));
    }
    await slack.waitFor(() => slack.calls.filter(({ method }) => method === 'chat.postMessage').length === 3);
    expect(JSON.stringify(slack.calls)).not.toContain('vote_');
  });
});

describe('where something fails', () => {
  test('a modal that cannot be opened leaves the vote as it is', async () => {
    const { slack, store } = await startApp();
    slack.faults.set('views.open', ['expired_trigger_id']);
    const answer = await ask(slack);
    await slack.send('interactive', press(answer, 'vote_not_helpful', slack.responseUrl()));
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word.fields.text).toContain('counts: not helpful');
    expect(await store.votes.forMessage('T1', 'C1', '1001.000100')).toHaveLength(1);
  });

  test('a reason for a vote that was changed meanwhile is not kept, and one without words changes nothing', async () => {
    const { slack, store } = await startApp();
    const modal = await voteDown(slack);
    await slack.send('interactive', submit(modal, reason(null, '  ')));
    await slack.send('interactive', press(await ask(slack), 'vote_helpful', slack.responseUrl()));
    await expect
      .poll(() => store.votes.forMessage('T1', 'C1', '1001.000100'), { timeout: 20_000 })
      .toMatchObject([{ vote: 'helpful' }]);
    await slack.send('interactive', submit(modal, reason('wrong', 'no')));
    expect(await store.votes.forMessage('T1', 'C1', '1001.000100')).toMatchObject([{ vote: 'helpful', reason: null }]);
  });

  test('a store that another process keeps busy costs no answer, and the vote is told to be lost', async () => {
    const { slack, folder } = await startApp();
    const answer = await ask(slack);
    const other = new DatabaseSync(join(folder, 'dockproof.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    await slack.send('interactive', press(answer, 'vote_not_helpful', slack.responseUrl()));
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word.fields.text).toContain('could not keep that');
    other.exec('ROLLBACK');
    await slack.send('interactive', press(answer, 'vote_helpful', slack.responseUrl()));
    await slack.waitFor((call) => call.fields.text?.includes('counts: helpful') === true);
    other.close();
  });

  test('a reason that cannot be kept stays in its window, with what to do', async () => {
    const { slack, folder } = await startApp();
    const modal = await voteDown(slack);
    const other = new DatabaseSync(join(folder, 'dockproof.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    expect(await slack.send('interactive', submit(modal, reason('wrong', 'no')))).toMatchObject({
      response_action: 'errors',
      errors: { words: expect.stringContaining('again') },
    });
    other.close();
  });

  test.each([
    ['of another version', { callbackId: 'gone_view' }, reason('wrong', 'x')],
    ['with other fields', {}, { other: {} }],
  ] satisfies [string, SubmitOptions, object][])('a window %s says so', async (_, options, values) => {
    const { slack } = await startApp();
    const modal = await voteDown(slack);
    const answer = await slack.send('interactive', submit(modal, values, options));
    expect(JSON.stringify(answer)).toContain('another version');
    expect(slack.refused).toEqual([]);
  });

  test.each(['', 'x', '{"entry":1}', '{}', '{"entry":"a"}'])(
    'a vote button that says %j is told apart',
    async (value) => {
      const { slack, folder } = await startApp();
      const answer = await ask(slack);
      const odd = { ...answer, blocks: [{ type: 'actions', elements: [{ action_id: 'vote_helpful', value }] }] };
      await slack.send('interactive', press(odd, 'vote_helpful', slack.responseUrl()));
      const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
      expect(word.fields.text).toContain('another version');
      expect(votesIn(folder)).toEqual([]);
    },
  );
});

test('a vote without its reason survives the end of the process in between', async () => {
  const { slack, folder } = await startApp();
  await voteDown(slack);
  const again = await accessStore(folder).open();
  expect(await again.votes.forMessage('T1', 'C1', '1001.000100')).toMatchObject([
    { vote: 'not-helpful', reason: null },
  ]);
});

test('a vote on an entry that there is not is not kept', async () => {
  const { slack, store } = await startApp();
  await ask(slack);
  const value = JSON.stringify({ entry: 'invented-entry', question: 'what is that?', event: '1.2' });
  const forged = { method: 'chat.postMessage', fields: { channel: 'C1' }, team: 'T1', at: 0 };
  const blocks = [{ type: 'actions', elements: [{ action_id: 'vote_not_helpful', value }] }];
  await slack.send('interactive', press({ ...forged, blocks }, 'vote_not_helpful', slack.responseUrl()));
  await slack.waitFor(({ fields }) => /nothing to vote on/.test(fields.text ?? ''));
  expect(await store.votes.forMessage('T1', 'C1', '1001.000100')).toEqual([]);
  expect(await store.gaps.list('T1', 0)).toEqual([]);
});

test('a vote changed after the clock went back counts, and one that came late is told that it does not', async () => {
  const { slack, store } = await startApp();
  const answer = await ask(slack);
  const vote = async (id: string, seconds: number) => {
    const pressed = { ...press(answer, id, slack.responseUrl()) };
    const text = JSON.stringify(pressed).replace(/"action_ts":"[^"]*"/, `"action_ts":"${seconds}.000100"`);
    await slack.send('interactive', JSON.parse(text));
  };
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 60 * 60 * 1000 });
  onTestFinished(() => void vi.useRealTimers());
  await vote('vote_helpful', 1_800_000_000);
  const kept = () => store.votes.forMessage('T1', 'C1', '1001.000100');
  await expect.poll(kept).toMatchObject([{ vote: 'helpful' }]);
  vi.useRealTimers();
  await vote('vote_not_helpful', 1_800_000_060);
  await expect.poll(kept).toMatchObject([{ vote: 'not-helpful' }]);
  await vote('vote_helpful', 1_800_000_030);
  await slack.waitFor(({ fields }) => /your later vote counts/.test(fields.text ?? ''));
  expect(await kept()).toMatchObject([{ vote: 'not-helpful' }]);
});

function votesIn(folder: string) {
  return openRaw(folder).prepare('SELECT entry, vote FROM votes').all();
}
