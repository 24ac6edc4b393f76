import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createPeople } from '../../src/slack/people.ts';
import { postDigest } from '../../src/slack/weekly-digest.ts';
import { workspace } from '../fake-slack/fake-slack.ts';
import { accessStore } from '../store/open-test-store.ts';
import { startApp } from './start-app.ts';

const day = 24 * 60 * 60 * 1000;
const tuesday = Date.UTC(2026, 10, 24, 12);

async function start() {
  const app = await startApp();
  const client = new WebClient(workspace.botToken, { slackApiUrl: app.slack.apiUrl, retryConfig: { retries: 0 } });
  const log = pino({ level: 'silent' });
  const config = { mode: 'socket', botToken: '', appToken: '', apiUrl: null } as const;
  const parts = { ...app, config, http: { host: '', port: 0 }, log, routes: [], people: createPeople(log) };
  const gap = (at: number, question = 'gpu in docker') =>
    app.store.gaps.add({
      ...{ team: 'T1', place: 'C1', person: 'U1', event: `${at}`, question, normalised: question, nearest: [], at },
      kind: 'unknown',
    });
  const digests = () => app.slack.calls.filter(({ method }) => method === 'chat.postMessage');
  const post = (now: number, store = app.store) => postDigest({ ...parts, store }, { team: 'T1', client }, now);
  return { ...app, gap, post, digests };
}

test('the report of a week goes to the channel that is named, once a week, also after a restart', async () => {
  const { store, folder, gap, post, digests, slack } = await start();
  gap(tuesday - day);
  expect(await post(tuesday)).toBe(false);
  store.settings.put('T1', { digestChannel: 'C8' });
  expect(await post(tuesday)).toBe(true);
  const again = accessStore(folder).open();
  for (let later = 0; later < 6; later++) {
    store.prune(tuesday + later * day);
    expect(await post(tuesday + later * day - 60_000, again)).toBe(false);
  }
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.fields).toMatchObject({ channel: 'C8', text: expect.stringContaining('1× gpu in docker') });
  gap(tuesday + 6 * day);
  expect(await post(tuesday + 6 * day)).toBe(true);
  expect(slack.refused).toEqual([]);
});

test('a week in which nothing was left open has none', async () => {
  const { store, gap, post, digests } = await start();
  store.settings.put('T1', { digestChannel: 'C8' });
  gap(tuesday - 8 * day);
  expect(await post(tuesday)).toBe(false);
  expect(digests()).toEqual([]);
});

test('one that Slack refuses is tried again', async () => {
  const { store, gap, post, digests, slack } = await start();
  store.settings.put('T1', { digestChannel: 'C8' });
  gap(tuesday - day);
  slack.faults.set('chat.postMessage', ['not_in_channel']);
  await expect(post(tuesday)).rejects.toThrow('not_in_channel');
  expect(await post(tuesday)).toBe(true);
  expect(digests()).toHaveLength(1);
});
