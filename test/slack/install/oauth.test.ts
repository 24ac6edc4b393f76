import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { slackApp } from '../../fake-slack/fake-oauth.ts';
import { command, eventFrom, mention, press, revoked, uninstalled } from '../../fake-slack/payloads.ts';
import { startHttpApp } from '../start-http-app.ts';

const question = 'why is my database empty after I redeployed?';
const publicUrl = 'https://dockproof.example.com';
const one = { team: 'T1', botUser: 'U1BOT' };
const two = { team: 'T2', botUser: 'U2BOT' };
const organisation = { team: 'T7', botUser: 'U7BOT', enterprise: 'E7' };

async function startApp(settings: Readonly<Record<string, string>> = {}) {
  const app = await startHttpApp({
    SLACK_CLIENT_ID: slackApp.clientId,
    SLACK_CLIENT_SECRET: slackApp.clientSecret,
    SLACK_STATE_SECRET: 'a state secret of some length',
    SLACK_SIGNING_SECRET: 'shh',
    STORE_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: publicUrl,
    ...settings,
  });
  const begin = async () => {
    const response = await fetch(`${app.base}/slack/install`);
    const address = /href="([^"]+)"/.exec(await response.text())?.[1]?.replaceAll('&#38;', '&') ?? '';
    return { response, address: new URL(address), cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
  };
  const end = async (query: Record<string, string>, cookie: string) => {
    const response = await fetch(`${app.base}/slack/oauth_redirect?${new URLSearchParams(query)}`, {
      headers: { cookie },
    });
    return { status: response.status, page: await response.text() };
  };
  const install = async (grant: Parameters<typeof app.slack.oauth.allow>[0]) => {
    const { address, cookie } = await begin();
    return end({ code: app.slack.oauth.allow(grant), state: address.searchParams.get('state') ?? '' }, cookie);
  };
  const answerTo = (team: string) =>
    app.slack.waitFor((call) => call.method === 'chat.postMessage' && call.team === team);
  return { ...app, begin, end, install, answerTo };
}

describe('an installation', () => {
  test('leads to Slack with the scopes of the manifest, and back to where people reach the bot', async () => {
    const { begin, slack } = await startApp();
    const { response, address } = await begin();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('set-cookie')).toMatch(/Secure; HttpOnly/);
    expect(address.href).toContain(`${new URL(slack.apiUrl).origin}/oauth/v2/authorize?`);
    expect(address.searchParams.get('redirect_uri')).toBe(`${publicUrl}/slack/oauth_redirect`);
    expect(address.searchParams.get('client_id')).toBe(slackApp.clientId);
    // Slack offers an optional scope only where it is asked for among the others.
    const asked = address.searchParams.get('scope')?.split(',');
    expect(asked).toEqual(expect.arrayContaining(['chat:write', 'channels:history']));
  });

  test('that is allowed lets the workspace ask, and keeps its token only encrypted', async () => {
    const { install, sendEvent, answerTo, slack, store, folder } = await startApp();
    const { status, page } = await install(one);
    expect({ status, page }).toEqual({ status: 200, page: expect.stringContaining('Dockproof is installed') });
    await sendEvent(eventFrom(one, mention(question)));
    await answerTo('T1');
    expect(slack.refused).toEqual([]);
    const [token = ''] = slack.oauth.tokens.keys();
    for (const file of ['dockproof.sqlite', 'dockproof.sqlite-wal'])
      expect((await readFile(join(folder, file))).includes(token)).toBe(false);
    expect(JSON.stringify(await store.installations.get({ kind: 'team', id: 'T1' }))).toContain(token);
  });

  test('that is refused, or that Slack does not confirm, changes nothing and says what to do', async () => {
    const { begin, end, store } = await startApp();
    const first = await begin();
    const state = first.address.searchParams.get('state') ?? '';
    expect(await end({ error: 'access_denied', state }, first.cookie)).toEqual({
      status: 403,
      page: expect.stringMatching(/not allowed in Slack[\s\S]*href="\/slack\/install">Try again/),
    });
    const second = await begin();
    const other = second.address.searchParams.get('state') ?? '';
    expect(await end({ code: 'forged', state: other }, second.cookie)).toEqual({
      status: 502,
      page: expect.stringContaining('Slack did not confirm it'),
    });
    expect(await store.installations.get({ kind: 'team', id: 'T1' })).toBeNull();
  });

  test('with a state that is forged, of another browser, used before, or too old is refused', async () => {
    const { begin, end, slack, store } = await startApp();
    const attempt = async (change: (state: string) => string, cookieOf?: (state: string) => string) => {
      const { address } = await begin();
      const state = change(address.searchParams.get('state') ?? '');
      const cookie = `slack-app-oauth-state=${cookieOf?.(state) ?? state}`;
      return { state, cookie, ...(await end({ code: slack.oauth.allow(one), state }, cookie)) };
    };
    const refused = { status: 400, page: expect.stringContaining('This link was used before') };
    expect(await attempt((state) => `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`)).toMatchObject(refused);
    expect(await attempt((state) => state.replace(/^\d+/, String(Date.now() - 3_600_000)))).toMatchObject(refused);
    expect(await attempt(() => '')).toMatchObject(refused);
    expect(await attempt(() => '...')).toMatchObject(refused);
    expect(
      await attempt(
        (state) => state,
        () => 'another',
      ),
    ).toMatchObject(refused);
    expect(await store.installations.get({ kind: 'team', id: 'T1' })).toBeNull();
    const good = await attempt((state) => state);
    expect(good.status).toBe(200);
    expect(await end({ code: slack.oauth.allow(two), state: good.state }, good.cookie)).toMatchObject(refused);
    expect(await store.installations.get({ kind: 'team', id: 'T2' })).toBeNull();
  });
});

describe('workspaces served at once', () => {
  test('each get their answers with their own token, and keep their data apart', async () => {
    const { install, sendEvent, answerTo, slack, store } = await startApp();
    await install(one);
    await install(two);
    await store.settings.put('T2', { answerChannels: ['C9'] });
    await Promise.all([sendEvent(eventFrom(one, mention(question))), sendEvent(eventFrom(two, mention(question)))]);
    await answerTo('T1');
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word).toMatchObject({ team: 'T2', fields: { text: expect.stringContaining('C9') } });
    expect(slack.calls.filter((call) => call.method === 'chat.postMessage').map(({ team }) => team)).toEqual(['T1']);
    expect(slack.refused).toEqual([]);
  });

  test('of a whole organisation need one installation', async () => {
    const { install, sendEvent, answerTo, slack, store } = await startApp();
    const { page } = await install(organisation);
    expect(page).toContain('Organisation E7');
    await sendEvent(eventFrom(organisation, mention(question)));
    await sendEvent(eventFrom({ ...organisation, team: 'T8' }, mention(question)));
    await answerTo('T7');
    await slack.waitFor(() => slack.calls.filter((call) => call.method === 'chat.postMessage').length === 2);
    expect(await store.installations.get({ kind: 'enterprise', id: 'E7' })).toMatchObject({ workspaces: ['T7', 'T8'] });
    expect(slack.refused).toEqual([]);
  });

  test('that have not installed the app are told so where that is possible, and get nothing else', async () => {
    const { install, sendEvent, sendForm, slack } = await startApp();
    await install(one);
    await sendEvent(eventFrom(two, mention(question)));
    await sendForm(command(question, slack.responseUrl(), { team_id: 'T2' }));
    const word = await slack.waitFor((call) => call.method.startsWith('respond/'));
    expect(word.fields.text).toContain(`install me again: ${publicUrl}/slack/install`);
    expect(slack.calls.filter((call) => call.method.startsWith('chat.'))).toEqual([]);
    expect(slack.refused).toEqual([]);
  });
});

describe('tokens that run out', () => {
  test('are renewed before they do, once, however many ask at the same time, and the new one is kept', async () => {
    const { install, sendEvent, answerTo, slack, store } = await startApp();
    await install({ ...one, expiresIn: 60 });
    const [old = ''] = slack.oauth.tokens.keys();
    await Promise.all(Array.from({ length: 10 }, () => sendEvent(eventFrom(one, mention(question)))));
    await answerTo('T1');
    await slack.waitFor(() => slack.calls.filter((call) => call.method === 'chat.postMessage').length === 10);
    expect(slack.oauth.renewals).toBe(1);
    const kept = JSON.stringify(await store.installations.get({ kind: 'team', id: 'T1' }));
    expect(kept).not.toContain(old);
    slack.oauth.tokens.delete(old);
    await sendEvent(eventFrom(one, mention(question)));
    await slack.waitFor(() => slack.calls.filter((call) => call.method === 'chat.postMessage').length === 11);
    expect(slack.oauth.renewals).toBe(1);
  });

  test('and that Slack does not renew at the moment go on while they last', async () => {
    const { install, sendEvent, answerTo, slack } = await startApp();
    await install({ ...one, expiresIn: 60 });
    slack.faults.set('oauth.v2.access', ['internal_error']);
    await sendEvent(eventFrom(one, mention(question)));
    await answerTo('T1');
  });
});

describe('an uninstallation', () => {
  test('deletes everything of the workspace and stops its runs, and leaves the others alone', async () => {
    const { install, sendEvent, sendForm, answerTo, slack, store } = await startApp();
    await install(one);
    await install(two);
    await store.settings.put('T1', { askHuman: 'C1' });
    await store.settings.put('T2', { askHuman: 'C2' });
    await sendEvent(eventFrom(one, mention(question)));
    const answer = await answerTo('T1');
    await sendForm({ payload: JSON.stringify(press(answer, 'run_demo', slack.responseUrl())) });
    await vi.waitFor(async () => expect(await store.runs.since(0)).toHaveLength(1), 10_000);
    await sendEvent(eventFrom(one, uninstalled()));
    await vi.waitFor(async () => expect(await store.installations.get({ kind: 'team', id: 'T1' })).toBeNull(), 10_000);
    expect(await store.runs.since(0)).toEqual([]);
    expect((await store.settings.get('T1')).settings.askHuman).toBeNull();
    expect((await store.settings.get('T2')).settings.askHuman).toBe('C2');
    await slack.waitFor((call) => call.method === 'chat.update' && /stopped/.test(call.fields.text ?? ''));
    expect(await store.runs.since(0)).toEqual([]);
    await sendEvent(eventFrom(two, mention(question)));
    await answerTo('T2');
  });

  test('that only the revocation of the token tells counts, unless Slack takes the token that is kept', async () => {
    const { install, sendEvent, slack, store } = await startApp();
    await install(one);
    await install(two);
    await sendEvent(eventFrom(one, revoked('oauth')));
    await sendEvent(eventFrom(two, revoked('bot')));
    const [token = ''] = slack.oauth.tokens.keys();
    slack.oauth.tokens.delete(token);
    await sendEvent(eventFrom(one, revoked('bot')));
    await vi.waitFor(async () => expect(await store.installations.get({ kind: 'team', id: 'T1' })).toBeNull(), 10_000);
    expect(await store.installations.get({ kind: 'team', id: 'T2' })).not.toBeNull();
  });

  test('of an organisation deletes what its workspaces left; of one of its workspaces only that', async () => {
    const { install, sendEvent, slack, store } = await startApp();
    await install(organisation);
    const other = { ...organisation, team: 'T8' };
    for (const from of [organisation, other]) {
      await sendEvent(eventFrom(from, mention(question)));
      await store.settings.put(from.team, { askHuman: 'C1' });
    }
    await slack.waitFor(() => slack.calls.filter((call) => call.method === 'chat.postMessage').length === 2);
    await sendEvent(eventFrom(other, uninstalled()));
    await vi.waitFor(async () => expect((await store.settings.get('T8')).settings.askHuman).toBeNull(), 10_000);
    expect((await store.settings.get('T7')).settings.askHuman).toBe('C1');
    expect(await store.installations.get({ kind: 'enterprise', id: 'E7' })).toMatchObject({ workspaces: ['T7'] });
    slack.oauth.tokens.clear();
    await sendEvent(eventFrom(organisation, uninstalled()));
    await vi.waitFor(
      async () => expect(await store.installations.get({ kind: 'enterprise', id: 'E7' })).toBeNull(),
      10_000,
    );
    expect((await store.settings.get('T7')).settings.askHuman).toBeNull();
    expect(await store.installations.get({ kind: 'team', id: 'T7' })).toBeNull();
  });
});
