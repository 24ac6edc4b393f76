import { hostname } from 'node:os';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../engines/test-engine.ts';
import { mention, press } from '../../fake-slack/payloads.ts';
import { accessStore } from '../../store/open-test-store.ts';
import { startApp } from '../start-app.ts';

test('the message of a run that a restart broke off says so, and offers to run it again', async () => {
  const folder = await temporaryFolder();
  const before = accessStore(folder);
  const start = {
    team: 'T1',
    person: 'p',
    place: 'c',
    surface: 'slack',
    process: `${hostname()}/999999/1`,
    startedAt: 1,
  };
  const { runs } = await before.open();
  await runs.open({ ...start, runId: 'r1', demo: 'tag-moves' });
  await runs.noteMessage('r1', { channel: 'C1', ts: '1700000000.000200' });
  await runs.open({ ...start, runId: 'r2', demo: 'of-an-older-version' });
  await before.close();
  const { slack, store } = await startApp({ DATA_DIR: folder });
  const edit = await slack.waitFor((call) => call.method === 'chat.update');
  expect(edit.fields).toMatchObject({
    channel: 'C1',
    ts: '1700000000.000200',
    text: expect.stringContaining('stopped by a restart'),
  });
  expect(JSON.stringify(edit.blocks)).toContain('"value":"tag-moves"');
  expect(await store.runs.unfinished()).toEqual([]);
  expect(slack.refused).toEqual([]);
});

test('a run is on record with the message that shows it', async () => {
  const { slack, store } = await startApp();
  await slack.send('events_api', mention('does a tag move when I build again?'));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
  const last = await slack.waitFor((call) => call.method === 'chat.update' && /held/.test(call.fields.text ?? ''), 60);
  const message = { channel: last.fields.channel, ts: last.fields.ts };
  await vi.waitFor(async () =>
    expect(await store.runs.since(0)).toMatchObject([{ surface: 'slack', outcome: 'held', message }]),
  );
});

test('a run is on record with its message before it has told anything, since a kill may come then', async () => {
  const held = Promise.withResolvers<void>();
  const { slack, store } = await startApp({}, (assistant) => ({
    ...assistant,
    async *runDemo(request) {
      for await (const event of assistant.runDemo(request)) {
        await held.promise;
        yield event;
      }
    },
  }));
  await slack.send('events_api', mention('does a tag move when I build again?'));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
  await slack.waitFor((call) => call.method === 'chat.postMessage' && /0 of/.test(call.fields.text ?? ''));
  const noted = [{ message: { channel: 'C1', ts: '1002.000100' } }];
  await vi.waitFor(async () => expect(await store.runs.unfinished()).toMatchObject(noted), 10_000);
  held.resolve();
  await slack.waitFor((call) => /claims held/.test(call.fields.text ?? ''), 60);
});

test('a run that the end of the program stops says so in its message, is cleaned up, and can be run again', async () => {
  const { slack, store, assistant, surface } = await startApp({ DEMO_CONCURRENCY: '1' });
  await slack.send('events_api', mention('does a tag move when I build again?'));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  for (const user of ['U1', 'U2']) {
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { user }));
    const shown = async () => (await store.runs.unfinished()).filter(({ message }) => message !== null).length;
    await expect.poll(shown, { timeout: 40_000 }).toBeGreaterThan(0);
  }
  await slack.waitFor((call) => JSON.stringify(call.blocks ?? '').includes('place 1 in the queue'));
  await assistant.close();
  await surface.stop();
  const runs = await store.runs.since(0);
  expect(runs).toMatchObject([
    { person: 'slack:T1:U2', outcome: 'stopped' },
    { person: 'slack:T1:U1', outcome: 'stopped', receipt: { leftovers: 0 } },
  ]);
  for (const { message } of runs) {
    const last = slack.calls.findLast((call) => call.fields.ts === message?.ts);
    expect(last?.fields.text).toContain('I am being restarted. Run it again in a minute');
    expect(JSON.stringify(last?.blocks)).toContain('Run again');
  }
  expect(slack.refused).toEqual([]);
});
