import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../engines/test-engine.ts';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { mention, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

/** Asks, runs the demo, and waits for its card. */
async function runDemo(slack: FakeSlack, user = 'U1'): Promise<Call> {
  await slack.send('events_api', mention('does a tag move when I build again?', { user }));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { user }));
  return slack.waitFor(isCard, 60);
}

const isCard = ({ method, fields }: Call) => method === 'chat.update' && /claims held/.test(fields.text ?? '');
const runPosts = ({ calls }: FakeSlack) => calls.filter(({ method }) => method === 'chat.postMessage').slice(1);
/** Presses a button of the card as Slack says where it stands: in its thread. */
const pressCard = (slack: FakeSlack, card: Call, id: string, options: object = {}) =>
  slack.send('interactive', press(card, id, slack.responseUrl(), { ts: card.fields.ts ?? '', ...options }));

describe('what a card leaves out', () => {
  test('opens over it: commands with what they printed, the script, the whole receipt', async () => {
    const { slack } = await startApp();
    const card = await runDemo(slack);
    for (const [id, parts] of [
      ['run_commands', ['$ docker', 'docker tag']],
      ['run_script', ['#!/bin/sh', 'Try it yourself']],
      ['run_receipt', ['no network', 'API ', 'observed: ']],
    ] as const) {
      slack.calls.length = 0;
      await pressCard(slack, card, id, { user: 'U2' });
      const modal = await slack.waitFor(({ method }) => method === 'views.open');
      for (const part of parts) expect(JSON.stringify(modal.blocks)).toContain(part);
    }
    expect(slack.refused).toEqual([]);
  });

  test('is there after a restart', async () => {
    const folder = await temporaryFolder();
    const before = await startApp({ DATA_DIR: folder });
    const card = await runDemo(before.slack);
    await before.assistant.close();
    await before.surface.stop();
    const { slack } = await startApp({ DATA_DIR: folder });
    await pressCard(slack, card, 'run_script');
    const modal = await slack.waitFor(({ method }) => method === 'views.open');
    expect(JSON.stringify(modal.blocks)).toContain('#!/bin/sh');
  });

  test('comes privately where no window opens', async () => {
    const { slack } = await startApp();
    const card = await runDemo(slack);
    slack.faults.set('views.open', ['expired_trigger_id']);
    await pressCard(slack, card, 'run_commands', { user: 'U2' });
    const shown = await slack.waitFor(({ method }) => method.startsWith('respond/'));
    expect(shown.fields.response_type).toBe('ephemeral');
    expect(JSON.stringify(shown.blocks)).toContain('$ docker');
    expect(slack.refused).toEqual([]);
  });

  test('is not told of a run of another workspace, or of one that is not kept', async () => {
    const { slack, store } = await startApp();
    const run = { demo: 'tag-moves', person: 'p', place: 'c', surface: 's', process: 'p', startedAt: 1 };
    await store.runs.open({ ...run, runId: 'r1', team: 'T2' });
    await store.runs.keepDetails('r1', { script: 'theirs' }, 1);
    const card = await runDemo(slack);
    for (const value of ['r1', 'r-gone', '']) {
      slack.calls.length = 0;
      const forged = { ...card, blocks: [{ type: 'actions', elements: [{ action_id: 'run_script', value }] }] };
      await pressCard(slack, forged, 'run_script');
      await slack.waitFor(({ fields }) => /not kept any more/.test(fields.text ?? ''));
      expect(JSON.stringify(slack.calls)).not.toContain('theirs');
    }
  });
});

describe('run again', () => {
  test('takes the place of the card instead of adding one', async () => {
    const { slack, store } = await startApp();
    const card = await runDemo(slack);
    await pressCard(slack, card, 'run_again', { user: 'U2' });
    const again = await slack.waitFor((call) => isCard(call) && call !== card, 60);
    expect(again.fields.ts).toBe(card.fields.ts);
    expect(await store.runs.since(0)).toHaveLength(2);
    expect(runPosts(slack)).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test('pressed by two at once runs once; the other is told', async () => {
    const { slack } = await startApp();
    const card = await runDemo(slack);
    await Promise.all(['U2', 'U3'].map((user) => pressCard(slack, card, 'run_again', { user })));
    const word = await slack.waitFor(({ method }) => method === 'chat.postEphemeral');
    expect(word.fields.text).toContain('being run again');
    await slack.waitFor((call) => isCard(call) && call !== card, 60);
    expect(runPosts(slack)).toHaveLength(1);
  });

  test('that is refused leaves the card as it is', async () => {
    const { slack, store } = await startApp();
    const card = await runDemo(slack);
    await store.settings.put('T1', { demoPeople: ['U9'] });
    slack.calls.length = 0;
    await pressCard(slack, card, 'run_again');
    await slack.waitFor(({ fields }) => /Only certain people/.test(fields.text ?? ''));
    expect(slack.calls.filter(({ method }) => method === 'chat.update')).toEqual([]);
  });
});

test('a card in a channel names whoever started the demo, and pings nobody', async () => {
  const { slack } = await startApp();
  slack.people.set('U1', { profile: { display_name: 'Ann <!channel> Other' } });
  const card = await runDemo(slack);
  expect(JSON.stringify(card.blocks)).toContain('Started by Ann Other');
  for (const { fields } of slack.calls)
    expect(`${fields.text} ${fields.blocks}`).not.toMatch(/<@U1>|"user_id"|<!channel/);
  expect(slack.refused).toEqual([]);
});
