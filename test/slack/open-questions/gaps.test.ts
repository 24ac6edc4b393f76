import { describe, expect, test } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { command, homeOpened, mention, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';
import { withChoices } from '../with-choices.ts';

const unknown = 'how do I cook rice on a campfire?';

const posted = (slack: FakeSlack, channel: string) =>
  slack.waitFor(({ method, fields }) => method === 'chat.postMessage' && fields.channel === channel);
const whispered = (slack: FakeSlack, text: RegExp) =>
  slack.waitFor(({ method, fields }) => method === 'chat.postEphemeral' && text.test(fields.text ?? ''));

async function askUnknown(slack: FakeSlack, question = unknown): Promise<Call> {
  await slack.send('events_api', mention(question, { ts: '1600000000.000100' }));
  return posted(slack, 'C1');
}

describe('a question without an answer', () => {
  test('is kept as a gap, and small talk and what was answered is not', async () => {
    const { slack, store } = await startApp();
    for (const words of ['hello', 'thanks!', '', 'why is my database empty after I redeployed?'])
      await slack.send('events_api', mention(words, { channel: 'C2' }));
    await askUnknown(slack);
    await slack.waitFor(() => slack.calls.filter(({ method }) => method === 'chat.postMessage').length === 5);
    await expect
      .poll(() => store.gaps.list('T1', 0))
      .toMatchObject([{ kind: 'unknown', question: unknown, place: 'C1', person: 'U1', event: '1600000000.000100' }]);
  });

  test.each(['lol', 'how?', 'wat'])('is none where nothing was asked: %s', async (words) => {
    const { slack, store } = await startApp();
    await slack.send('events_api', mention(words));
    await posted(slack, 'C1');
    await askUnknown(slack);
    await expect.poll(() => store.gaps.list('T1', 0)).toMatchObject([{ question: unknown }]);
  });

  test('asked with the command is one too, with what came nearest', async () => {
    const { slack, store } = await startApp();
    await slack.send('slash_commands', command(unknown, slack.responseUrl()));
    await slack.waitFor((call) => call.method.startsWith('respond/'));
    await expect.poll(() => store.gaps.list('T1', 0)).toMatchObject([{ kind: 'unknown', event: '1.2.3' }]);
  });

  test('offers no person where none is named', async () => {
    const { slack } = await startApp();
    expect(JSON.stringify((await askUnknown(slack)).blocks)).not.toContain('ask_human');
  });

  test('between choices is a gap until one is taken', async () => {
    const { slack, store } = await startApp({}, withChoices);
    await slack.send('events_api', mention('volume', { ts: '1600000000.000100' }));
    const choices = await posted(slack, 'C1');
    await expect.poll(() => store.gaps.list('T1', 0)).toMatchObject([{ kind: 'no-choice', question: 'volume' }]);
    await slack.send('interactive', press(choices, 'choose_entry', slack.responseUrl()));
    const answer = await slack.waitFor(({ method }) => method === 'chat.update');
    expect(await store.gaps.list('T1', 0)).toEqual([]);
    expect(JSON.stringify(answer.blocks)).toContain('vote_helpful');
    expect(slack.refused).toEqual([]);
  });
});

describe('asking a person', () => {
  test('posts the question with a link where it is configured, once, and tells whoever asked', async () => {
    const { slack, store } = await startApp({ ASK_HUMAN: 'C9' });
    const reply = await askUnknown(slack);
    const ask = () => slack.send('interactive', press(reply, 'ask_human', slack.responseUrl()));
    await Promise.all([ask(), ask()]);
    const question = await posted(slack, 'C9');
    expect(question.fields.text).toContain(unknown);
    expect(JSON.stringify(question.blocks)).toContain('https://t.test/C1/1600000000.000100');
    const told = await slack.waitFor(({ fields }) => /^Passed on to a person/.test(fields.text ?? ''));
    expect(told.fields).toMatchObject({ channel: 'C1', thread_ts: '1600000000.000100' });
    await whispered(slack, /asked already/);
    expect(slack.calls.filter(({ fields }) => fields.channel === 'C9' && fields.text !== undefined)).toHaveLength(1);
    expect(await store.gaps.list('T1', 0)).toMatchObject([
      { kind: 'unknown', permalink: 'https://t.test/C1/1600000000.000100', escalatedAt: expect.any(Number) },
    ]);
    expect(slack.refused).toEqual([]);
  });

  test('may be a person, and comes without a link for a private question', async () => {
    const { slack } = await startApp({ ASK_HUMAN: 'U7' });
    await slack.send('slash_commands', command(unknown, slack.responseUrl()));
    const reply = await slack.waitFor((call) => call.method.startsWith('respond/'));
    await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl(), { ephemeral: true }));
    const question = await posted(slack, 'U7');
    expect(JSON.stringify(question.blocks)).not.toContain('https://');
    const told = await slack.waitFor(({ fields }) => /passed your question on/.test(fields.text ?? ''));
    expect(told.fields).toMatchObject({ replace_original: 'true' });
    expect(JSON.stringify(told.blocks)).not.toContain('ask_human');
    expect((await posted(slack, 'U1')).fields.text).toMatch(/^Passed on to a person\./);
    expect(slack.calls.filter(({ method }) => method === 'chat.getPermalink')).toEqual([]);
    expect(slack.refused).toEqual([]);
  });

  test('is offered after a vote against an answer', async () => {
    const { slack, store } = await startApp({ ASK_HUMAN: 'C9' });
    await slack.send('events_api', mention('why is my database empty after I redeployed?'));
    const answer = await posted(slack, 'C1');
    await slack.send('interactive', press(answer, 'vote_not_helpful', slack.responseUrl()));
    const word = await whispered(slack, /counts: not helpful/);
    await slack.send('interactive', press(word, 'ask_human', slack.responseUrl(), { ephemeral: true }));
    await posted(slack, 'C9');
    expect(await store.gaps.list('T1', 0)).toMatchObject([{ kind: 'voted-down', escalatedAt: expect.any(Number) }]);
    expect(slack.refused).toEqual([]);
  });

  test('that cannot be done can be tried again', async () => {
    const { slack, store } = await startApp({ ASK_HUMAN: 'C9' });
    const reply = await askUnknown(slack);
    slack.faults.set('chat.postMessage', ['not_in_channel', 'fatal_error']);
    for (const words of [/invite me/, /try again/]) {
      await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl()));
      await whispered(slack, words);
      expect(await store.gaps.list('T1', 0)).toMatchObject([{ escalatedAt: null }]);
    }
    await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl()));
    await posted(slack, 'C9');
  });

  test('after nobody is named any more says so', async () => {
    const { slack, store } = await startApp({ ASK_HUMAN: 'C9' });
    const reply = await askUnknown(slack);
    await store.settings.put('T1', { askHuman: null });
    await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl()));
    await whispered(slack, /Nobody is named/);
    slack.faults.set('chat.getPermalink', ['message_not_found']);
    await store.settings.put('T1', { askHuman: 'U7' });
    await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl()));
    await posted(slack, 'U7');
  });

  test.each(['', 'x', '{"question":"a"}', '[1]'])('with a button that says %j is told apart', async (value) => {
    const { slack } = await startApp({ ASK_HUMAN: 'C9' });
    const reply = {
      ...(await askUnknown(slack)),
      blocks: [{ type: 'actions', elements: [{ action_id: 'ask_human', value }] }],
    };
    await slack.send('interactive', press(reply, 'ask_human', slack.responseUrl()));
    await whispered(slack, /another version/);
  });
});

describe('/docker gaps', () => {
  const gaps = async (slack: FakeSlack, user: string) => {
    await slack.send('slash_commands', command('gaps', slack.responseUrl(), { user_id: user }));
    return slack.waitFor(({ method }) => method.startsWith('respond/'));
  };

  test('shows admins the open questions in groups, those that a person was asked first', async () => {
    const { slack, store } = await startApp({ ADMINS: 'U9' });
    const gap = {
      team: 'T1',
      place: 'C1',
      person: 'U1',
      normalised: 'x',
      nearest: ['what-is-an-image'],
      at: Date.now(),
    };
    const questions = ['gpu in docker', 'docker gpu support', 'rootless docker?', '<!channel> *x* ports'];
    for (const [index, question] of questions.entries())
      await store.gaps.add({ ...gap, kind: 'unknown', question, event: `${index}` });
    await store.gaps.escalate('T1', (await store.gaps.list('T1', 0))[0]?.id ?? '', {
      ...{ by: 'U1', at: 1, permalink: 'https://t.test/1', asker: 'U1', reply: { channel: 'C1', thread: null } },
      limit: { since: 0, most: 9 },
    });
    const report = await gaps(slack, 'U9');
    expect(report.fields.text).toMatch(/1× .*ports\n2× docker gpu support\n1× rootless/);
    expect(JSON.stringify(report.blocks)).toContain('Also: gpu in docker');
    expect(slack.refused).toEqual([]);
  });

  test('shows a hundred long ones within what Slack takes', async () => {
    const { slack, store } = await startApp({ ADMINS: 'U9' });
    const gap = { team: 'T1', place: 'C1', person: 'U1', normalised: 'x', nearest: [], at: Date.now() };
    for (let index = 0; index < 100; index++)
      await store.gaps.add({
        ...gap,
        kind: 'unknown',
        question: `zz${index} "${'<&> '.repeat(900)}`,
        event: `${index}`,
      });
    await gaps(slack, 'U9');
    expect(slack.refused).toEqual([]);
  });

  test('has a link to where each was asked, but not to direct conversations and private answers', async () => {
    const { slack, store } = await startApp({ ADMINS: 'U9' });
    const gap = { team: 'T1', person: 'U1', kind: 'unknown' as const, nearest: [], at: Date.now() };
    for (const [place, event, question] of [
      ['C1', '1600000000.000100', 'gpu in docker'],
      ['D1', '1600000000.000200', 'rootless docker?'],
      ['C1', '1.2.3', 'podman pods?'],
    ] as const)
      await store.gaps.add({ ...gap, place, event, question, normalised: question });
    const blocks = JSON.stringify((await gaps(slack, 'U9')).blocks);
    expect(blocks.match(/https:[^"]+/g)).toEqual(['https://t.test/C1/1600000000.000100']);
  });

  test('is one message with one menu, by which an admin dismisses a group after a second question', async () => {
    const { slack, store } = await startApp({ ADMINS: 'U9' });
    const gap = { team: 'T1', place: 'C1', person: 'U1', kind: 'unknown' as const, nearest: [], at: Date.now() };
    for (const [event, question] of ['gpu in docker', 'docker gpu support', 'rootless docker?'].entries())
      await store.gaps.add({ ...gap, event: `${event}`, question, normalised: question });
    const list = await gaps(slack, 'U9');
    const menus = list.blocks?.flatMap(({ elements }) => elements ?? []).filter((each) => each.action_id !== undefined);
    expect(menus).toMatchObject([{ type: 'static_select', confirm: { title: { text: 'Leave it out?' } } }]);
    const pick = menus?.[0]?.options?.[0]?.value ?? '';
    const choose = (user: string) =>
      slack.send('interactive', press(list, 'dismiss_gap', slack.responseUrl(), { ephemeral: true, user, pick }));
    await choose('U1');
    await whispered(slack, /Only admins of Dockproof/);
    await choose('U9');
    const left = await slack.waitFor(({ fields }) => fields.replace_original === 'true');
    expect(left.fields.text).toMatch(/1× rootless/);
    expect(left.fields.text).not.toMatch(/gpu/);
    expect(slack.refused).toEqual([]);
  });

  test('says what was wrong with an answer in the words of its window', async () => {
    const { slack, store } = await startApp({ ADMINS: 'U9' });
    const asking = { team: 'T1', place: 'C1', person: 'U1', question: 'gpu in docker', at: Date.now() };
    const gap = { ...asking, event: '5.1', normalised: 'gpu', kind: 'voted-down' as const, nearest: [] };
    await store.votes.put({ ...asking, message: '5.1', entry: 'e', vote: 'not-helpful' }, gap);
    await store.votes.setReason({ team: 'T1', place: 'C1', message: '5.1', person: 'U1' }, 'unclear: so what?');
    expect(JSON.stringify((await gaps(slack, 'U9')).blocks)).toContain(
      'What was wrong: I do not understand it: so what?',
    );
  });

  test('in the home is dismissed there', async () => {
    const { slack, store } = await startApp({ ADMINS: 'U1' });
    const gap = { team: 'T1', place: 'C1', person: 'U1', event: '1.1', nearest: [], at: Date.now() };
    await store.gaps.add({ ...gap, kind: 'unknown', question: 'gpu in docker', normalised: 'gpu' });
    await slack.send('events_api', homeOpened('home'));
    const home = await slack.waitFor(({ method }) => method === 'views.publish');
    const menus = home.blocks?.flatMap(({ elements }) => elements ?? []);
    const pick = menus?.find(({ action_id: id }) => id === 'dismiss_gap')?.options?.[0]?.value ?? '';
    await slack.send('interactive', press(home, 'dismiss_gap', '', { pick }));
    const after = await slack.waitFor((call) => call.method === 'views.publish' && call !== home);
    expect(JSON.stringify(after.blocks)).toContain('No question was left open');
    expect(slack.refused).toEqual([]);
  });

  test('are for admins: named ones, and those of the workspace', async () => {
    const { slack } = await startApp();
    slack.people.set('U5', { is_owner: true });
    expect((await gaps(slack, 'U1')).fields.text).toContain('Only admins');
    slack.calls.length = 0;
    expect((await gaps(slack, 'U5')).fields.text).toContain('no question was left open');
    slack.calls.length = 0;
    slack.faults.set('users.info', ['missing_scope']);
    expect((await gaps(slack, 'U6')).fields.text).toContain('Only admins');
  });
});

test('thirty presses of Ask a human post five questions, and say why no more', async () => {
  const { slack, store } = await startApp({ ASK_HUMAN: 'C9' });
  const forged = { method: 'chat.postMessage', fields: { channel: 'C1' }, team: 'T1', at: 0 };
  for (let event = 0; event < 30; event++) {
    const value = JSON.stringify({ question: `forged ${event}`, event: `${event}.000100` });
    const blocks = [{ type: 'actions', elements: [{ action_id: 'ask_human', value }] }];
    await slack.send('interactive', press({ ...forged, blocks }, 'ask_human', slack.responseUrl()));
  }
  const told = () => slack.calls.filter(({ fields }) => /passed on several questions/.test(fields.text ?? ''));
  await expect.poll(() => told().length, { timeout: 20_000 }).toBe(25);
  expect(slack.calls.filter(({ fields }) => fields.channel === 'C9')).toHaveLength(5);
  expect(await store.gaps.list('T1', 0)).toHaveLength(5);
});
