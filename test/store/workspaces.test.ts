import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SettingsInvalid } from '../../src/store/store-error.ts';
import { defaultSettings } from './default-settings.ts';
import { accessStore, newKey, noKeys, openRaw, openTestStore } from './open-test-store.ts';

describe('settings', () => {
  test('are the defaults until a team sets something, and then the rest of them', async () => {
    const { store } = await openTestStore();
    expect(await store.settings.get('T1')).toEqual({ settings: defaultSettings, fault: null, own: false });
    await store.settings.put('T1', { dailyDemoBudget: 20, admins: ['U7'] });
    await store.settings.put('T1', { askHuman: 'C9' });
    const settings = { ...defaultSettings, dailyDemoBudget: 20, admins: ['U7'], askHuman: 'C9' };
    expect(await store.settings.get('T1')).toEqual({ settings, fault: null, own: true });
    expect((await store.settings.get('T2')).settings).toEqual(defaultSettings);
  });

  test('go back to a default one by one, or all together', async () => {
    const { store } = await openTestStore();
    await store.settings.put('T1', { admins: ['U7'], dailyDemoBudget: 3 });
    expect((await store.settings.put('T1', { admins: undefined })).settings).toEqual({
      ...defaultSettings,
      dailyDemoBudget: 3,
    });
    expect(await store.settings.remove('T1')).toBe(true);
    expect(await store.settings.remove('T1')).toBe(false);
    expect((await store.settings.get('T1')).settings).toEqual(defaultSettings);
  });

  test.each<[string, unknown, RegExp]>([
    ['an unknown key', { colour: 'red' }, /colour/],
    ['a wrong type', { guestsMayRunDemos: 'yes' }, /guestsMayRunDemos/],
    ['a negative budget', { dailyDemoBudget: -1 }, /dailyDemoBudget/],
    ['an empty id', { demoPeople: [' '] }, /demoPeople\.0: must not be empty/],
    ['no object at all', 'everything', /object/],
  ])('refuse %s and stay as they were', async (_, changes, words) => {
    const { store } = await openTestStore();
    await store.settings.put('T1', { admins: ['U7'] });
    const before = await store.settings.get('T1');
    await expect(store.settings.put('T1', changes)).rejects.toThrow(SettingsInvalid);
    await expect(store.settings.put('T1', changes)).rejects.toThrow(words);
    expect(await store.settings.get('T1')).toEqual(before);
  });

  test('name every problem at once', async () => {
    const { store } = await openTestStore();
    const problems = { admins: 'U1', dailyDemoBudget: 1.5 };
    await expect(store.settings.put('T1', problems)).rejects.toThrow(/admins.*dailyDemoBudget/);
  });

  test.each(['not JSON', '{"colour": "red"}', '{"admins": 7}', '[]'])(
    'fall back to the defaults where the row is broken (%s), say so, and can be saved anew',
    async (document) => {
      const { store, folder } = await openTestStore();
      await store.settings.put('T1', { admins: ['U7'] });
      openRaw(folder).prepare('UPDATE settings SET document = ?').run(document);
      const { settings, fault } = await store.settings.get('T1');
      expect(settings).toEqual(defaultSettings);
      expect(fault).toMatch(/The settings of T1 cannot be read .*save the settings anew/);
      await store.settings.put('T1', { admins: ['U8'] });
      expect(await store.settings.get('T1')).toEqual({
        settings: { ...defaultSettings, admins: ['U8'] },
        fault: null,
        own: true,
      });
    },
  );
});

const team = { kind: 'team', id: 'T1' } as const;
const installation = { team: { id: 'T1' }, bot: { token: 'bot-token-for-tests', scopes: ['chat:write'] } };

describe('an installation', () => {
  test('comes back as it was put, and is forgotten on request', async () => {
    const { store } = await openTestStore({ current: newKey(), previous: null });
    expect(await store.installations.get(team)).toBeNull();
    await store.installations.put(team, { old: true });
    await store.installations.put(team, installation);
    await store.installations.put({ kind: 'enterprise', id: 'T1' }, { other: true });
    expect(await store.installations.get(team)).toEqual(installation);
    expect(await store.installations.remove(team)).toBe(true);
    expect(await store.installations.remove(team)).toBe(false);
    expect(await store.installations.get(team)).toBeNull();
    expect(await store.installations.get({ kind: 'enterprise', id: 'T1' })).toEqual({ other: true });
  });

  test('is nowhere in the file in clear, and never twice the same bytes', async () => {
    const { store, folder } = await openTestStore({ current: newKey(), previous: null });
    const bytes = () => openRaw(folder).prepare('SELECT nonce, tag, ciphertext FROM installations').all();
    await store.installations.put(team, installation);
    const first = bytes();
    await store.installations.put(team, installation);
    expect(JSON.stringify(first)).not.toBe(JSON.stringify(bytes()));
    const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')));
    expect(files.some((file) => file.includes('installations'))).toBe(true);
    expect(files.filter((file) => file.includes('bot-token-for-tests'))).toEqual([]);
  });

  test('needs STORE_KEY, and says how to make one', async () => {
    const { store } = await openTestStore(noKeys);
    await expect(store.installations.put(team, installation)).rejects.toThrow(
      expect.objectContaining({ name: 'StoreKeyError', code: 'no-key', message: expect.stringContaining('openssl') }),
    );
    expect(await store.installations.get(team)).toBeNull();
  });

  test('under another key is refused with what to do', async () => {
    const { store, folder } = await openTestStore({ current: newKey(), previous: null });
    await store.installations.put(team, installation);
    const other = await accessStore(folder, { current: newKey(), previous: newKey() }).open();
    await expect(other.installations.get(team)).rejects.toThrow(
      expect.objectContaining({ code: 'wrong-key', message: expect.stringContaining('STORE_KEY_PREVIOUS') }),
    );
    const without = await accessStore(folder).open();
    await expect(without.installations.get(team)).rejects.toThrow(expect.objectContaining({ code: 'no-key' }));
  });

  test.each([
    ['a bit of the ciphertext', "ciphertext = CAST(x'00' || substr(ciphertext, 2) AS BLOB)"],
    ['the tag', "tag = x'00000000000000000000000000000000'"],
    ['the tag, cut short', 'tag = substr(tag, 1, 4)'],
    ['the nonce', "nonce = x'000000000000000000000000'"],
    ['its owner', "id = 'T2'"],
  ])('is refused where somebody changed %s', async (_, change) => {
    const { store, folder } = await openTestStore({ current: newKey(), previous: null });
    await store.installations.put(team, installation);
    openRaw(folder).exec(`UPDATE installations SET ${change}`);
    const id = change.startsWith('id') ? 'T2' : 'T1';
    await expect(store.installations.get({ kind: 'team', id })).rejects.toThrow(
      expect.objectContaining({ code: 'tampered', message: expect.stringContaining(`team ${id}`) }),
    );
  });

  test('moves to a new key, after which the old one is not needed', async () => {
    const [first, second] = [newKey(), newKey()];
    const { store, folder } = await openTestStore({ current: first, previous: null });
    await store.installations.put(team, installation);
    const between = await accessStore(folder, { current: second, previous: first }).open();
    expect(await between.installations.get(team)).toEqual(installation);
    expect(await between.installations.rotate()).toEqual({ rotated: 1, unreadable: 0 });
    expect(await between.installations.rotate()).toEqual({ rotated: 0, unreadable: 0 });
    const after = await accessStore(folder, { current: second, previous: null }).open();
    expect(await after.installations.get(team)).toEqual(installation);
    await expect(store.installations.get(team)).rejects.toThrow(expect.objectContaining({ code: 'wrong-key' }));
  });

  test('that no key opens stays as it is while the others move', async () => {
    const [lost, first, second] = [newKey(), newKey(), newKey()];
    const { store, folder } = await openTestStore({ current: lost, previous: null });
    await store.installations.put(team, installation);
    const between = await accessStore(folder, { current: first, previous: null }).open();
    await between.installations.put({ kind: 'team', id: 'T2' }, installation);
    const after = await accessStore(folder, { current: second, previous: first }).open();
    expect(await after.installations.rotate()).toEqual({ rotated: 1, unreadable: 1 });
    expect(await store.installations.get(team)).toEqual(installation);
  });
});
