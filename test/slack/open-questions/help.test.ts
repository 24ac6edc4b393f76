import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { tellLateAnswers } from '../../../src/slack/open-questions/rounds.ts';
import { createPeople } from '../../../src/slack/people/people.ts';
import { type Call, type FakeSlack, workspace } from '../../fake-slack/fake-slack.ts';
import { command, mention, message, press, submit } from '../../fake-slack/payloads.ts';
import { startApp, type TestApp } from '../start-app.ts';

const unknown = 'how do I cook rice on a campfire?';
const asked = '1600000000.000100';

async function start(): Promise<TestApp> {
  const app = await startApp({ ASK_HUMAN: 'C9', ADMINS: 'U9' });
  for (const [id, name] of [
    ['U1', 'Ann'],
    ['U2', 'Bob'],
    ['U3', 'Carol'],
    ['U4', 'Dan'],
  ] as const)
    app.slack.people.set(id, { profile: { display_name: name } });
  return app;
}

const posted = (slack: FakeSlack, channel: string, text = /./) =>
  slack.waitFor(({ method, fields }) => {
    return method === 'chat.postMessage' && fields.channel === channel && text.test(fields.text ?? '');
  });
const edited = (slack: FakeSlack, channel: string, text: RegExp) =>
  slack.waitFor(({ method, fields, blocks }) => {
    return (
      method === 'chat.update' && fields.channel === channel && text.test(`${fields.text}${JSON.stringify(blocks)}`)
    );
  });
const shown = ({ fields, blocks }: Call) => `${fields.text}\n${JSON.stringify(blocks)}`;

/** Ann asks in C1 what the book does not know, and passes it on. @returns the message in the experts' channel */
async function passOn({ slack }: TestApp, question = unknown): Promise<Call> {
  await slack.send('events_api', mention(question, { ts: asked }));
  const reply = await posted(slack, 'C1');
  await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl()));
  await posted(slack, 'C1', /^Passed on/);
  return posted(slack, 'C9');
}

/** Somebody presses a button of the experts' message, which the fake Slack posted second. */
const steer = ({ slack }: TestApp, request: Call, action: string, user: string) =>
  slack.send('interactive', press(request, action, slack.responseUrl(), { user, ts: '1002.000100' }));

async function answer(app: TestApp, request: Call, text: string, user = 'U3'): Promise<unknown> {
  await steer(app, request, 'help_answer', user);
  const window = await app.slack.waitFor(({ method }) => method === 'views.open');
  return app.slack.send('interactive', submit(window, { answer: { answer: { value: text } } }, { user }));
}

describe('an answered question that somebody else passes on', () => {
  async function voteAndAsk(app: TestApp): Promise<{ request: Call; window: Call }> {
    const { slack } = app;
    await slack.send('events_api', mention('why is my database empty after I redeployed?', { user: 'U1', ts: asked }));
    const answered = await posted(slack, 'C1');
    await slack.send('interactive', press(answered, 'vote_not_helpful', slack.responseUrl(), { user: 'U2' }));
    const word = await slack.waitFor(({ method }) => method === 'chat.postEphemeral');
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    const how = { ephemeral: true, user: 'U2', ts: '1009.000100' };
    await slack.send('interactive', press(word, 'ask_human', slack.responseUrl(), how));
    return { request: await posted(slack, 'C9'), window };
  }

  test('comes with whoever asked, what was answered and a link, and does not say that there was no answer', async () => {
    const app = await start();
    const { request } = await voteAndAsk(app);
    expect(request.fields.text).toMatch(/^Bob passes on a question of Ann: my answer did not help: why is my database/);
    expect(shown(request)).toContain('I answered with: ');
    expect(shown(request)).toContain(app.assistant.show('data-loss-on-replace')?.title);
    expect(shown(request)).toContain('https://t.test/C1/1001.000100');
    expect(shown(request)).not.toMatch(/no answer|cannot answer|"type":"user"/);
    expect((await posted(app.slack, 'C1', /^Passed on/)).fields).toMatchObject({
      text: 'Passed on to a person by Bob. Nobody has taken it yet.',
      thread_ts: asked,
    });
    expect(app.slack.refused).toEqual([]);
  });

  test('comes with what was wrong, also where that is said only afterwards', async () => {
    const app = await start();
    const { window } = await voteAndAsk(app);
    const values = {
      kind: { kind: { selected_option: { value: 'incomplete' } } },
      words: { words: { value: 'and with Swarm?' } },
    };
    await app.slack.send('interactive', submit(window, values, { user: 'U2' }));
    await edited(app.slack, 'C9', /What was wrong, says Bob: Something is missing: and with Swarm\?/);
    expect(app.slack.refused).toEqual([]);
  });
});

describe('a question that was passed on', () => {
  test('names whoever asked and what came nearest, and pings nobody', async () => {
    const app = await start();
    const request = await passOn(app);
    expect(request.fields.text).toBe(`Ann asks, and I have no answer: ${unknown}`);
    expect(shown(request)).not.toContain('"type":"user"');
    expect(shown(request)).toContain('Nobody has taken it yet');
  });

  test('is taken by one person, which both ends show, and given back by them alone', async () => {
    const app = await start();
    const { slack } = app;
    const request = await passOn(app);
    await steer(app, request, 'help_take', 'U3');
    const taken = await edited(slack, 'C9', /Carol has taken it/);
    await edited(slack, 'C1', /Carol has taken it/);
    await steer(app, request, 'help_take', 'U4');
    await slack.waitFor(
      ({ method, fields }) => method === 'chat.postEphemeral' && /has it already/.test(fields.text ?? ''),
    );
    expect(JSON.stringify(taken.blocks)).not.toContain('help_take');
    await steer(app, taken, 'help_give_back', 'U4');
    const refused = await slack.waitFor(({ fields }) => /give it back/.test(fields.text ?? ''));
    expect(refused.fields).toMatchObject({ user: 'U4', text: 'Only Carol can give it back.' });
    await steer(app, taken, 'help_give_back', 'U3');
    await slack.waitFor(() => slack.calls.filter((call) => /Nobody has taken it/.test(shown(call))).length >= 4);
    expect(
      slack.calls.filter(({ method, fields }) => method === 'chat.postMessage' && fields.channel === 'C9'),
    ).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test('is answered in the thread, to whoever asked, and the answer is kept for the draft', async () => {
    const app = await start();
    const { slack, assistant } = app;
    const request = await passOn(app);
    await answer(app, request, 'Use a pot.\n<!channel> *now*');
    const told = await posted(slack, 'C1', /^Carol answers:/);
    expect(told.fields.thread_ts).toBe(asked);
    expect(JSON.stringify(told.blocks)).toContain('{"type":"user","user_id":"U1"}');
    expect(JSON.stringify(told.blocks).match(/"type":"user"/g)).toHaveLength(1);
    expect(JSON.stringify((await edited(slack, 'C9', /Carol has answered it/)).blocks)).not.toContain('actions');
    await edited(slack, 'C1', /Carol has answered it/);
    const report = await assistant.openQuestions.report({ team: 'T1', since: 0, now: Date.now() });
    expect(report).toMatchObject([{ question: unknown, answers: ['Use a pot.\n<!channel> *now*'] }]);
    const [draft] = await assistant.openQuestions.draft(report);
    expect(draft?.text).toContain('# A person answered:\n#   Use a pot.\n#   <!channel> *now*\n');
    expect(slack.refused).toEqual([]);
  });

  test('may be answered elsewhere: then its state says so, and nothing more is posted', async () => {
    const app = await start();
    const { slack } = app;
    const request = await passOn(app);
    await answer(app, request, ' ');
    await edited(slack, 'C9', /Carol has answered it/);
    await edited(slack, 'C1', /Carol has answered it/);
    expect(
      slack.calls.filter(({ method, fields }) => method === 'chat.postMessage' && fields.channel === 'C1'),
    ).toHaveLength(2);
  });

  test('is answered once, however often Slack delivers that, and a second answer says that there is one', async () => {
    const app = await start();
    const { slack } = app;
    const request = await passOn(app);
    await steer(app, request, 'help_answer', 'U3');
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    const sent = submit(window, { answer: { answer: { value: 'Use a pot.' } } }, { user: 'U3' });
    await Promise.all([1, 2, 3].map(() => slack.send('interactive', sent)));
    await edited(slack, 'C1', /Carol has answered it/);
    const late = await slack.send(
      'interactive',
      submit(window, { answer: { answer: { value: 'No.' } } }, { user: 'U4' }),
    );
    expect(JSON.stringify(late)).toContain('has answered this already');
    expect(slack.calls.filter(({ fields }) => /^Carol answers/.test(fields.text ?? ''))).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test('asked with the command is answered in the conversation with whoever asked', async () => {
    const app = await start();
    const { slack } = app;
    await slack.send('slash_commands', command(unknown, slack.responseUrl()));
    const reply = await slack.waitFor((call) => call.method.startsWith('respond/'));
    await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl(), { ephemeral: true }));
    const request = await posted(slack, 'C9');
    expect(shown(await posted(slack, 'U1', /^Passed on/))).toContain(unknown);
    await answer(app, request, 'Use a pot.');
    const told = await posted(slack, 'U1', /^Carol answers:/);
    expect(told.fields.thread_ts).toBeUndefined();
    expect(slack.calls.filter(({ fields }) => fields.channel === 'C1')).toEqual([]);
    expect(slack.refused).toEqual([]);
  });

  test('whose answer Slack does not take is answered later', async () => {
    const app = await start();
    const { slack, store } = app;
    const request = await passOn(app);
    slack.faults.set('chat.postMessage', ['fatal_error']);
    await answer(app, request, 'Use a pot.');
    const log = pino({ level: 'silent' });
    const client = new WebClient(workspace.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
    const later = {
      ...app.assistant.help,
      untold: async () => {
        const [row] = await store.helpRequests.untold('T1', 0, Date.now());
        const found = row && (await app.assistant.help.find('T1', row.id));
        return found ? [found] : [];
      },
    };
    const parts = { assistant: { ...app.assistant, help: later }, log, people: createPeople(log) };
    await expect.poll(() => slack.faults.get('chat.postMessage')).toEqual([]);
    for (let round = 0; round < 2; round++) await tellLateAnswers(parts, { team: 'T1', client });
    await posted(slack, 'C1', /^Carol answers:/);
    expect(slack.calls.filter(({ fields }) => /^Carol answers/.test(fields.text ?? ''))).toHaveLength(1);
  });

  test('says how far it has come to who passes it on again', async () => {
    const app = await start();
    const { slack } = app;
    const request = await passOn(app);
    await steer(app, request, 'help_take', 'U3');
    await edited(slack, 'C1', /Carol has taken it/);
    const reply = await posted(slack, 'C1');
    await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl(), { user: 'U2' }));
    const word = await slack.waitFor(({ method }) => method === 'chat.postEphemeral');
    expect(word.fields).toMatchObject({ user: 'U2', text: 'A person was asked already. Carol has taken it.' });
  });

  test('can be taken although whoever posted it died before that was kept', async () => {
    const app = await start();
    const { slack, store } = app;
    const gap = { team: 'T1', place: 'C1', event: '1.1', person: 'U1', nearest: [], at: 1, normalised: 'x' };
    const { id } = await store.gaps.add({ ...gap, kind: 'unknown', question: unknown });
    const reply = { channel: 'C1', thread: asked };
    const limit = { since: 0, most: 9 };
    await store.gaps.escalate('T1', id, { by: 'U1', at: 1, permalink: null, asker: 'U1', reply, limit });
    const orphan = { method: 'chat.postMessage', fields: { channel: 'C9' }, team: 'T1', at: 0 };
    const blocks = [{ type: 'actions', elements: [{ action_id: 'help_take', value: id }] }];
    await steer(app, { ...orphan, blocks }, 'help_take', 'U3');
    expect((await edited(slack, 'C9', /Carol has taken it/)).fields.ts).toBe('1002.000100');
    expect(slack.refused).toEqual([]);
  });

  test('is answered to whoever passed it on where the bot may write in the thread no more', async () => {
    const app = await start();
    const request = await passOn(app);
    app.slack.faults.set('chat.postMessage', ['is_archived']);
    await answer(app, request, 'Use a pot.');
    await posted(app.slack, 'U1', /^Carol answers:/);
  });

  test('is steered only where it was posted', async () => {
    const app = await start();
    const { slack } = app;
    const request = await passOn(app);
    const elsewhere = { ...request, fields: { ...request.fields, channel: 'C2' } };
    for (const action of ['help_take', 'help_answer']) await steer(app, elsewhere, action, 'U3');
    await slack.waitFor(
      () => slack.calls.filter(({ fields }) => /another version/.test(fields.text ?? '')).length === 2,
    );
    expect(slack.calls.filter(({ method }) => method === 'views.open')).toEqual([]);
  });
});

describe('a question that is taken back', () => {
  const goes = (fields: object) => message('', { channel: 'C1', channel_type: 'channel', ...fields });
  const deletion = goes({ subtype: 'message_deleted', deleted_ts: asked, previous_message: { ts: asked, user: 'U1' } });
  const edition = (text: string) => goes({ subtype: 'message_changed', message: { ts: asked, user: 'U1', text } });

  test.each([
    ['deleted', deletion],
    ['edited into none', edition('never mind')],
  ])('since it is %s is taken back from the people it was passed on to', async (_, event) => {
    const app = await start();
    const { slack, store } = app;
    const request = await passOn(app);
    await slack.send('events_api', event);
    const shownNow = await edited(slack, 'C9', /Taken back/);
    expect(shown(shownNow)).not.toContain('campfire');
    expect(JSON.stringify(shownNow.blocks)).not.toContain('action_id');
    const notice = slack.calls.findIndex(({ fields }) => /^Passed on/.test(fields.text ?? ''));
    expect(notice).toBeGreaterThan(0);
    await slack.waitFor(() => slack.calls.filter(({ method }) => method === 'chat.delete').length === 2);
    expect(await store.gaps.list('T1', 0)).toEqual([]);
    for (const action of ['help_take', 'help_answer']) await steer(app, request, action, 'U3');
    await slack.waitFor(
      () => slack.calls.filter(({ fields }) => /^This question was taken back/.test(fields.text ?? '')).length === 2,
    );
    expect(slack.refused).toEqual([]);
  });

  test('while somebody writes an answer says so, and not that there is one', async () => {
    const app = await start();
    const { slack } = app;
    const request = await passOn(app);
    await steer(app, request, 'help_answer', 'U3');
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    await slack.send('events_api', deletion);
    await edited(slack, 'C9', /Taken back/);
    const sent = submit(window, { answer: { answer: { value: 'Use a pot.' } } }, { user: 'U3' });
    await expect.poll(() => app.store.gaps.list('T1', 0)).toEqual([]);
    expect(JSON.stringify(await slack.send('interactive', sent))).toContain('This question was taken back');
  });

  test('after it was answered stays, for whoever writes the entry', async () => {
    const app = await start();
    const { slack, assistant } = app;
    const request = await passOn(app);
    await answer(app, request, 'Use a pot.');
    await edited(slack, 'C1', /Carol has answered it/);
    await slack.send('events_api', deletion);
    await slack.waitFor(({ method }) => method === 'chat.delete');
    expect(slack.calls.filter((call) => /Taken back/.test(shown(call)))).toEqual([]);
    const report = await assistant.openQuestions.report({ team: 'T1', since: 0, now: Date.now() });
    expect(report).toMatchObject([{ answers: ['Use a pot.'] }]);
  });
});

test('a question of hostile words, names and answers pings nobody that is not meant', async () => {
  const app = await start();
  const { slack } = app;
  slack.people.set('U1', { profile: { display_name: '<!channel> <@U7>' } });
  const request = await passOn(app, 'how do I cook rice <!here> on a *campfire* in `c` <https://evil.test|now>?');
  await answer(app, request, `<@U7> <!everyone> ${'"\\\n'.repeat(900)}`);
  await posted(slack, 'C1', /^Carol answers:/);
  await edited(slack, 'C9', /Carol has answered it/);
  expect(slack.refused).toEqual([]);
  const users = slack.calls.flatMap(({ blocks }) => [...JSON.stringify(blocks ?? []).matchAll(/"user_id":"(\w+)"/g)]);
  expect(new Set(users.map(([, id]) => id))).toEqual(new Set(['U1']));
});
