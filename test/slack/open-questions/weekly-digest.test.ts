import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Assistant } from '../../../src/assistant/assistant.ts';
import { createSettings } from '../../../src/assistant/create-settings.ts';
import { createOpenQuestions } from '../../../src/assistant/gaps/create-open-questions.ts';
import { postDigest } from '../../../src/slack/open-questions/weekly-digest.ts';
import { createPeople } from '../../../src/slack/people/people.ts';
import type { Store } from '../../../src/store/store.ts';
import { workspace } from '../../fake-slack/fake-slack.ts';
import { accessStore } from '../../store/open-test-store.ts';
import { startApp, type TestApp } from '../start-app.ts';

const day = 24 * 60 * 60 * 1000;
const tuesday = Date.UTC(2026, 10, 24, 12);

/** The assistant of a process that has the file open too. */
function assistantOn({ assistant, book }: TestApp, store: Store): Assistant {
  const kept = async () => store;
  const settings = createSettings(kept, store.settings.defaults);
  return { ...assistant, settings, openQuestions: createOpenQuestions(book, kept) };
}

async function start() {
  const app = await startApp();
  const client = new WebClient(workspace.botToken, { slackApiUrl: app.slack.apiUrl, retryConfig: { retries: 0 } });
  const log = pino({ level: 'silent' });
  const config = { mode: 'socket', botToken: '', appToken: '', apiUrl: null } as const;
  const parts = {
    ...app,
    kept: app.store,
    config,
    http: { host: '', port: 0 },
    log,
    routes: [],
    people: createPeople(log),
    ownTurn: async () => {},
  };
  const gap = (at: number, question = 'gpu in docker') =>
    app.store.gaps.add({
      ...{ team: 'T1', place: 'C1', person: 'U1', event: `${at}`, question, normalised: question, nearest: [], at },
      kind: 'unknown',
    });
  const digests = () => app.slack.calls.filter(({ method }) => method === 'chat.postMessage');
  const post = (now: number, store = app.store) =>
    postDigest({ ...parts, assistant: assistantOn(app, store) }, { team: 'T1', client }, now);
  return { ...app, gap, post, digests };
}

test('the report of a week goes to the channel that is named, once a week, also after a restart', async () => {
  const { store, folder, gap, post, digests, slack } = await start();
  await gap(tuesday - day);
  expect(await post(tuesday)).toBe(false);
  await store.settings.put('T1', { digestChannel: 'C8' });
  expect(await post(tuesday)).toBe(true);
  const again = await accessStore(folder).open();
  for (let later = 0; later < 6; later++) {
    await store.prune(tuesday + later * day);
    expect(await post(tuesday + later * day - 60_000, again)).toBe(false);
  }
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.fields).toMatchObject({ channel: 'C8', text: expect.stringContaining('1× gpu in docker') });
  await gap(tuesday + 6 * day);
  expect(await post(tuesday + 6 * day)).toBe(true);
  expect(slack.refused).toEqual([]);
});

test('a week in which nothing was left open has none', async () => {
  const { store, gap, post, digests } = await start();
  await store.settings.put('T1', { digestChannel: 'C8' });
  await gap(tuesday - 8 * day);
  expect(await post(tuesday)).toBe(false);
  expect(digests()).toEqual([]);
});

test('one that Slack refuses is tried again', async () => {
  const { store, gap, post, digests, slack } = await start();
  await store.settings.put('T1', { digestChannel: 'C8' });
  await gap(tuesday - day);
  slack.faults.set('chat.postMessage', ['not_in_channel']);
  await expect(post(tuesday)).rejects.toThrow('not_in_channel');
  expect(await post(tuesday)).toBe(true);
  expect(digests()).toHaveLength(1);
});

const week = 7 * day;

describe('a week without a report', () => {
  test('because the bot was down is made up for by the next one, which says since when', async () => {
    const { store, gap, post, digests } = await start();
    await store.settings.put('T1', { digestChannel: 'C8' });
    await gap(tuesday - day, 'reported already');
    expect(await post(tuesday)).toBe(true);
    await gap(tuesday + day, 'gpu in docker');
    expect(await post(tuesday + 3 * week)).toBe(true);
    const text = digests()[1]?.fields.text;
    expect(text).toMatch(/since 24 November/);
    expect(text).toContain('gpu in docker');
    expect(text).not.toContain('reported already');
    expect(await post(tuesday + 3 * week + day)).toBe(false);
    expect(digests()).toHaveLength(2);
  });

  test('goes back five weeks at most', async () => {
    const { store, gap, post, digests } = await start();
    await store.settings.put('T1', { digestChannel: 'C8' });
    await gap(tuesday - day);
    await post(tuesday);
    await gap(tuesday + day, 'long ago');
    await gap(tuesday + 19 * week, 'not so long ago');
    expect(await post(tuesday + 20 * week)).toBe(true);
    expect(digests()[1]?.fields.text).not.toContain('1× long ago');
    expect(digests()[1]?.fields.text).toContain('not so long ago');
  });
});

describe('a bot that dies while it posts', () => {
  const number = Math.floor((tuesday - 4 * day - 8 * 60 * 60 * 1000) / week);
  const soon = tuesday + 60_000;
  const later = tuesday + 11 * 60_000;

  test('before Slack has the report posts it at the next start, once', async () => {
    const { store, gap, post, digests, slack } = await start();
    await store.settings.put('T1', { digestChannel: 'C8' });
    await gap(tuesday - day);
    await store.digests.claim('T1', number, tuesday);
    expect(await post(soon)).toBe(false);
    expect(await post(later)).toBe(true);
    expect(await post(later + day)).toBe(false);
    expect(digests()).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test('after Slack has it does not post it again, that week or the next', async () => {
    const { store, folder, gap, post, digests } = await start();
    await store.settings.put('T1', { digestChannel: 'C8' });
    await gap(tuesday - day);
    await post(tuesday);
    const file = new DatabaseSync(join(folder, 'dockproof.sqlite'));
    file.exec("UPDATE digests SET state = 'claimed'");
    file.close();
    expect(await post(later)).toBe(false);
    expect(await post(tuesday + week)).toBe(false);
    expect(digests()).toHaveLength(1);
  });

  test('in a channel that it may not read leaves its questions to the next report', async () => {
    const { store, gap, post, digests, slack } = await start();
    await store.settings.put('T1', { digestChannel: 'C8' });
    await gap(tuesday - day);
    await store.digests.claim('T1', number, tuesday);
    slack.faults.set('conversations.history', ['missing_scope']);
    expect(await post(later)).toBe(false);
    expect(await post(later + day)).toBe(false);
    expect(digests()).toEqual([]);
    expect(await post(tuesday + 6 * day)).toBe(true);
    expect(digests()[0]?.fields.text).toContain('gpu in docker');
  });
});

test('two processes that find a report abandoned post it once', async () => {
  const { store, folder, gap, post, digests } = await start();
  await store.settings.put('T1', { digestChannel: 'C8' });
  await gap(tuesday - day);
  await store.digests.claim('T1', Math.floor((tuesday - 4 * day - 8 * 60 * 60 * 1000) / week), tuesday);
  const other = await accessStore(folder).open();
  const later = tuesday + 11 * 60_000;
  const posted = await Promise.all([post(later), post(later + 1, other), post(later + 2)]);
  expect(posted.filter(Boolean)).toHaveLength(1);
  expect(digests()).toHaveLength(1);
});
