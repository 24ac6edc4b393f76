import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { homeOpened, mention, message, nextTs, press, submit } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const openHome = async (slack: FakeSlack): Promise<Call> => {
  slack.calls.length = 0;
  await slack.send('events_api', homeOpened('home'));
  return slack.waitFor(({ method }) => method === 'views.publish');
};

async function openSettings(slack: FakeSlack): Promise<Call> {
  await slack.send('interactive', press(await openHome(slack), 'open_settings', ''));
  return slack.waitFor(({ method }) => method === 'views.open');
}

/** What Slack sends back of the settings, as they were unless changed. */
const values = (changed: object = {}) => ({
  admins: { admins: { type: 'multi_users_select', selected_users: [] } },
  demoPeople: { demoPeople: { selected_users: [] } },
  demoChannels: { demoChannels: { selected_conversations: [] } },
  answerChannels: { answerChannels: { selected_conversations: [] } },
  guestsMayRunDemos: { guestsMayRunDemos: { selected_option: { value: 'no' } } },
  dailyDemoBudget: { dailyDemoBudget: { value: null } },
  askHuman: { askHuman: { selected_conversation: null } },
  askHumanPerson: { askHumanPerson: { selected_user: null } },
  digestChannel: { digestChannel: { selected_conversation: null } },
  ...changed,
});

const asAdmin = { ADMINS: 'U1' };

describe('the settings', () => {
  test('can be changed by an admin, show what is in force, and are in force at once', async () => {
    const { slack, store } = await startApp(asAdmin);
    const first = await openSettings(slack);
    const changed = values({
      admins: { admins: { selected_users: ['U1', 'U2'] } },
      demoPeople: { demoPeople: { selected_users: ['U2'] } },
      demoChannels: { demoChannels: { selected_conversations: ['C3'] } },
      answerChannels: { answerChannels: { selected_conversations: ['C3', 'C4'] } },
      guestsMayRunDemos: { guestsMayRunDemos: { selected_option: { value: 'yes' } } },
      dailyDemoBudget: { dailyDemoBudget: { value: '7' } },
      askHumanPerson: { askHumanPerson: { selected_user: 'U3' } },
      digestChannel: { digestChannel: { selected_conversation: 'C5' } },
    });
    expect(await slack.send('interactive', submit(first, changed))).toEqual({});
    expect((await store.settings.get('T1')).settings).toEqual({
      admins: ['U1', 'U2'],
      demoPeople: ['U2'],
      demoChannels: ['C3'],
      answerChannels: ['C3', 'C4'],
      guestsMayRunDemos: true,
      dailyDemoBudget: 7,
      askHuman: 'U3',
      digestChannel: 'C5',
    });
    const shown = JSON.stringify((await openSettings(slack)).blocks);
    for (const part of [
      '"initial_users":["U1","U2"]',
      '"initial_value":"7"',
      '"initial_user":"U3"',
      '"C3","C4"',
      '"C5"',
    ])
      expect(shown).toContain(part);
    await slack.send('events_api', mention('what is a volume?'));
    await slack.waitFor(({ method, fields }) => method === 'chat.postEphemeral' && /C3, C4/.test(fields.text ?? ''));
    expect(slack.refused).toEqual([]);
  });

  test('that nobody changed stay those of the environment', async () => {
    const { slack, store } = await startApp({ ...asAdmin, DEMO_DAILY_BUDGET: '5', DEMO_PEOPLE: 'U4' });
    const modal = await openSettings(slack);
    const as = {
      admins: { admins: { selected_users: ['U1'] } },
      demoPeople: { demoPeople: { selected_users: ['U4'] } },
    };
    await slack.send(
      'interactive',
      submit(modal, values({ ...as, dailyDemoBudget: { dailyDemoBudget: { value: '6' } } })),
    );
    expect((await store.settings.get('T1')).settings).toMatchObject({ dailyDemoBudget: 6, demoPeople: ['U4'] });
    await store.settings.put('T1', { dailyDemoBudget: undefined });
    expect((await store.settings.get('T1')).settings.dailyDemoBudget).toBe(5);
  });

  test.each([
    [
      'a channel and a person',
      {
        askHuman: { askHuman: { selected_conversation: 'C1' } },
        askHumanPerson: { askHumanPerson: { selected_user: 'U1' } },
      },
      'askHumanPerson',
    ],
    ['a budget of a half', { dailyDemoBudget: { dailyDemoBudget: { value: '1.5' } } }, 'dailyDemoBudget'],
    ['a budget below nothing', { dailyDemoBudget: { dailyDemoBudget: { value: '-1' } } }, 'dailyDemoBudget'],
    ['a budget of words', { dailyDemoBudget: { dailyDemoBudget: { value: 'many' } } }, 'dailyDemoBudget'],
    [
      'more people than fit',
      { admins: { admins: { selected_users: Array.from({ length: 1001 }, (_, i) => `U${i}`) } } },
      'admins',
    ],
  ])('with %s stay open, and say what to correct', async (_, changed, name) => {
    const { slack, store } = await startApp(asAdmin);
    const modal = await openSettings(slack);
    const answer = await slack.send('interactive', submit(modal, values(changed)));
    expect(answer).toMatchObject({ response_action: 'errors', errors: { [name]: expect.any(String) } });
    expect((await store.settings.get('T1')).settings).toEqual(store.settings.defaults);
  });

  test('are not kept while the store is busy, and what was put in stays', async () => {
    const { slack, folder } = await startApp(asAdmin);
    const modal = await openSettings(slack);
    const other = new DatabaseSync(join(folder, 'dockproof.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const answer = await slack.send('interactive', submit(modal, values()));
    other.close();
    expect(answer).toMatchObject({ response_action: 'errors', errors: { admins: expect.stringContaining('again') } });
  });

  test('of another version say so', async () => {
    const { slack } = await startApp(asAdmin);
    const answer = await slack.send('interactive', submit(await openSettings(slack), { gone: {} }));
    expect(JSON.stringify(answer)).toContain('another version');
    expect(slack.refused).toEqual([]);
  });
});

describe('going back to the settings of the environment', () => {
  test('is asked for twice, forgets what the team has set, and is shown', async () => {
    const { slack, store } = await startApp({ ...asAdmin, DEMO_DAILY_BUDGET: '5' });
    expect(JSON.stringify((await openSettings(slack)).blocks)).not.toContain('reset_settings');
    await store.settings.put('T1', { dailyDemoBudget: 9, admins: ['U7'] });
    const modal = await openSettings(slack);
    const back = modal.blocks
      ?.flatMap(({ elements }) => elements ?? [])
      .find((each) => each.action_id === 'reset_settings');
    expect(back).toMatchObject({ confirm: { text: { text: expect.stringContaining('forgotten') } } });
    slack.calls.length = 0;
    await slack.send('interactive', press(modal, 'reset_settings', ''));
    const notice = await slack.waitFor(({ method }) => method === 'views.update');
    expect(JSON.stringify(notice.blocks)).toContain('in force again');
    expect(await store.settings.get('T1')).toEqual({ settings: store.settings.defaults, fault: null, own: false });
    expect((await store.settings.get('T1')).settings.dailyDemoBudget).toBe(5);
    expect(JSON.stringify((await openSettings(slack)).blocks)).toMatch(/"initial_value":"5"/);
    expect(slack.refused).toEqual([]);
  });

  test('is for admins, also of whom the window was once opened', async () => {
    const { slack, store } = await startApp(asAdmin);
    await store.settings.put('T1', { dailyDemoBudget: 9 });
    const modal = await openSettings(slack);
    await slack.send('interactive', press(modal, 'reset_settings', '', { user: 'U9' }));
    const notice = await slack.waitFor(({ method }) => method === 'views.update');
    expect(JSON.stringify(notice.blocks)).toContain('Only admins');
    expect((await store.settings.get('T1')).settings.dailyDemoBudget).toBe(9);
  });

  test('mends settings that cannot be read', async () => {
    const { slack, store, folder } = await startApp(asAdmin);
    const file = new DatabaseSync(join(folder, 'dockproof.sqlite'));
    file.exec("INSERT INTO settings (team, document) VALUES ('T1', '{\"admins\": 7}')");
    file.close();
    expect((await store.settings.get('T1')).fault).not.toBeNull();
    await slack.send('interactive', press(await openSettings(slack), 'reset_settings', ''));
    await slack.waitFor(({ method }) => method === 'views.update');
    expect((await store.settings.get('T1')).fault).toBeNull();
  });

  test('is told in words where no window can change', async () => {
    const { slack, store } = await startApp(asAdmin);
    await store.settings.put('T1', { dailyDemoBudget: 9 });
    slack.faults.set('views.update', ['not_found']);
    await slack.send('interactive', press(await openSettings(slack), 'reset_settings', ''));
    const word = await slack.waitFor(({ method }) => method === 'chat.postMessage');
    expect(word.fields).toMatchObject({ channel: 'U1', text: expect.stringContaining('in force again') });
  });
});

describe('who is no admin', () => {
  test('neither sees, nor opens, nor sends the settings', async () => {
    const { slack, store } = await startApp(asAdmin);
    const modal = await openSettings(slack);
    const home = await openHome(slack);
    await store.settings.put('T1', { askHuman: 'C1' });
    slack.calls.length = 0;
    await slack.send('events_api', homeOpened('home', 'U9'));
    const others = await slack.waitFor(({ method }) => method === 'views.publish');
    expect(JSON.stringify(others.blocks)).not.toMatch(/open_settings|For admins/);
    await slack.send('interactive', press(home, 'open_settings', '', { user: 'U9' }));
    expect(JSON.stringify((await slack.waitFor(({ method }) => method === 'views.open')).blocks)).toContain(
      'Only admins',
    );
    const answer = await slack.send('interactive', submit(modal, values(), { user: 'U9' }));
    expect(JSON.stringify(answer)).toContain('Only admins');
    expect((await store.settings.get('T1')).settings.askHuman).toBe('C1');
    expect(slack.refused).toEqual([]);
  });

  test('is everybody but those named, and admins and owners of the workspace', async () => {
    const { slack } = await startApp();
    const isShown = async () => JSON.stringify((await openHome(slack)).blocks).includes('open_settings');
    expect(await isShown()).toBe(false);
    const other = await startApp();
    other.slack.people.set('U1', { is_admin: true });
    expect(JSON.stringify((await openHome(other.slack)).blocks)).toContain('open_settings');
    const guest = await startApp();
    guest.slack.people.set('U1', { is_admin: true, is_stranger: true });
    expect(JSON.stringify((await openHome(guest.slack)).blocks)).not.toContain('open_settings');
  });

  test('is not whom the environment names, whatever the team has set', async () => {
    const { slack, store } = await startApp(asAdmin);
    await store.settings.put('T1', { admins: ['U7'] });
    expect(JSON.stringify((await openHome(slack)).blocks)).toContain('open_settings');
  });
});

describe('the home', () => {
  /** The titles under "Asked here lately", for somebody. */
  async function latelyFor(slack: FakeSlack, user: string): Promise<string> {
    slack.calls.length = 0;
    await slack.send('events_api', homeOpened('home', user));
    const home = await slack.waitFor(({ method }) => method === 'views.publish');
    const [, lately = ''] = JSON.stringify(home.blocks).split('Asked here lately');
    return lately.split('The book')[0] ?? '';
  }

  const backup = 'How do I back up and restore a volume?';
  const askedIn = (channel: string, kind: string | null, words = 'how do I back up and restore a volume?') => {
    const ts = nextTs();
    const both = [mention(`Bob wonders ${words}`, { ts, channel })];
    if (kind !== null) both.push(message(`<@U0BOT> Bob wonders ${words}`, { ts, channel, channel_type: kind }));
    return both;
  };

  test('shows what was asked lately in public, to everybody but guests, by its title alone', async () => {
    const { slack, store } = await startApp();
    slack.people.set('U8', { is_restricted: true });
    for (const event of askedIn('C1', 'channel')) await slack.send('events_api', event);
    await expect
      .poll(() => store.threads.recentEntries('T1', { person: 'U9', seesPublic: true }, 0, 9))
      .toEqual(['backup-a-volume']);
    const lately = await latelyFor(slack, 'U9');
    expect(lately).toContain(backup);
    expect(lately).not.toContain('Bob');
    expect(await latelyFor(slack, 'U8')).not.toContain(backup);
    slack.people.clear();
    slack.faults.set('users.info', ['missing_scope', 'missing_scope']);
    expect(await latelyFor(slack, 'U7')).not.toContain(backup);
    expect(slack.refused).toEqual([]);
  });

  test.each([
    ['a private channel', askedIn('C2', 'group')],
    ['a private channel of old', askedIn('G2', 'group')],
    ['a conversation of several', askedIn('C3', 'mpim')],
    ['a channel of which Slack does not say what it is', askedIn('C4', null)],
    ['a direct message', [message('how do I back up and restore a volume?')]],
  ])('shows what was asked in %s only to whoever asked it', async (_, events) => {
    const { slack } = await startApp();
    for (const event of events) await slack.send('events_api', event);
    await slack.waitFor(({ method }) => method === 'chat.postMessage');
    await expect.poll(() => latelyFor(slack, 'U1')).toContain(backup);
    expect(await latelyFor(slack, 'U9')).not.toContain(backup);
    expect(slack.refused).toEqual([]);
  });

  test('shows no more of a channel that has become private', async () => {
    const { slack, store } = await startApp();
    const ts = nextTs();
    const words = '<@U0BOT> how do I back up and restore a volume?';
    const inThread = { channel: 'C1', thread_ts: ts };
    await slack.send('events_api', message(words, { ts, channel: 'C1', channel_type: 'channel' }));
    const seen = () => store.threads.recentEntries('T1', { person: 'U9', seesPublic: true }, 0, 9);
    await expect.poll(seen).toEqual(['backup-a-volume']);
    await slack.send('events_api', message(words, { ...inThread, channel_type: 'group' }));
    await expect.poll(seen).toEqual([]);
  });

  test('shows admins what was left open', async () => {
    const { slack, store } = await startApp(asAdmin);
    await slack.send('events_api', mention('how do I cook rice?'));
    await slack.waitFor(({ method }) => method === 'chat.postMessage');
    await expect.poll(() => store.gaps.list('T1', 0)).toHaveLength(1);
    expect(JSON.stringify((await openHome(slack)).blocks)).toContain('1× ');
    expect(slack.refused).toEqual([]);
  });

  test('shows the book where the store cannot be read', async () => {
    const { slack, folder } = await startApp(asAdmin);
    const other = new DatabaseSync(join(folder, 'dockproof.sqlite'));
    other.exec('DROP TABLE thread_people; DROP TABLE threads; DROP TABLE gaps');
    other.close();
    expect(JSON.stringify((await openHome(slack)).blocks)).toContain('The book');
  });
});

test.each(['choose_entry', 'show_entry'])(
  'a %s of an entry that is gone is told to whoever pressed, and changes nothing',
  async (id) => {
    const { slack } = await startApp();
    await slack.send('events_api', mention('what is a volume?'));
    const answer = await slack.waitFor(({ method }) => method === 'chat.postMessage');
    const gone = { ...answer, blocks: [{ type: 'actions', elements: [{ action_id: id, value: 'gone-entry' }] }] };
    await slack.send('interactive', press(gone, id, slack.responseUrl()));
    await slack.waitFor(
      ({ method, fields }) => method === 'chat.postEphemeral' && /no longer in the book/.test(fields.text ?? ''),
    );
    expect(slack.calls.filter(({ method }) => method === 'chat.update')).toEqual([]);
  },
);
