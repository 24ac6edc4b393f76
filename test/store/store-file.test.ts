import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { createDatabase } from '../../src/store/database.ts';
import { createGaps } from '../../src/store/gaps.ts';
import { type Migration, readMigrations } from '../../src/store/migrations.ts';
import { storeFileIn } from '../../src/store/store-access.ts';
import { openStoreFile } from '../../src/store/store-file.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { accessStore, openRaw, openTestStore } from './open-test-store.ts';

const unavailable = (code: string, words: RegExp) =>
  expect.objectContaining({ name: 'StoreUnavailable', code, message: expect.stringMatching(words) });

async function openAt(file: string, steps: readonly Migration[]): Promise<DatabaseSync> {
  const connection = await openStoreFile(file, steps);
  onTestFinished(() => {
    if (connection.isOpen) connection.close();
  });
  return connection;
}

/** The tables, indexes and triggers of a file. */
const schemaOf = (connection: DatabaseSync) =>
  connection.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();

describe('opening', () => {
  test('touches no disk before the store is needed', async () => {
    const folder = join(await temporaryFolder(), 'data');
    const access = accessStore(folder);
    expect(await access.inspect()).toBeNull();
    await access.close();
    await expect(stat(folder)).rejects.toThrow('ENOENT');
  });

  test('makes the folder, and a file that only its user can read', async () => {
    const folder = join(await temporaryFolder(), 'deep', 'data');
    const access = accessStore(folder);
    const store = await access.open();
    await store.seenEvents.take('T1', 'C1', '1.1', 1);
    for (const file of await readdir(folder)) expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
    expect(await access.open()).toBe(store);
  });

  test('uses a write-ahead log and enforces foreign keys', async () => {
    const connection = await openAt(storeFileIn(await temporaryFolder()), readMigrations());
    expect(connection.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(connection.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    expect(connection.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 0 });
  });

  test('waits for a process that is making the file at that moment', async () => {
    const file = storeFileIn(await temporaryFolder());
    const script = `const raw = new (require('node:sqlite').DatabaseSync)('${file}');
      raw.exec('BEGIN IMMEDIATE');
      require('node:fs').writeSync(1, 'writing');
      setTimeout(() => raw.exec('ROLLBACK'), 300);`;
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(other, 'exit');
    await once(other.stdout, 'data');
    const connection = await openAt(file, readMigrations());
    expect(connection.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    await exited;
  });

  test('finds what was kept before', async () => {
    const folder = await temporaryFolder();
    const access = accessStore(folder);
    await (await access.open()).settings.put('T1', { dailyDemoBudget: 7 });
    await access.close();
    expect(await readdir(folder)).toEqual(['dockproof.sqlite']);
    expect((await (await access.open()).settings.get('T1')).settings.dailyDemoBudget).toBe(7);
  });

  test('is over after close: every later call says so', async () => {
    const access = accessStore(await temporaryFolder());
    const store = await access.open();
    await store.votes.forMessage('T1', 'C1', '1.1');
    await access.close();
    await access.close();
    await expect(store.votes.forMessage('T1', 'C1', '1.1')).rejects.toThrow(unavailable('closed', /is closed/));
    await expect(store.prune(0)).rejects.toThrow(unavailable('closed', /is closed/));
  });
});

describe('a file that cannot be used is refused with what to do, and stays as it is', () => {
  test('no SQLite file', async () => {
    const folder = await temporaryFolder();
    await writeFile(storeFileIn(folder), 'This is a letter, not a database. '.repeat(100));
    const before = await readFile(storeFileIn(folder));
    const access = accessStore(folder);
    await expect(access.open()).rejects.toThrow(unavailable('corrupt', /damaged .*move the file/));
    await expect(access.inspect()).rejects.toThrow(unavailable('corrupt', /damaged/));
    expect(await readFile(storeFileIn(folder))).toEqual(before);
  });

  test('a damaged page in the middle', async () => {
    const { store, folder } = await openTestStore();
    for (let n = 0; n < 500; n++) {
      const gap = { team: 'T1', place: 'C1', event: String(n), person: 'U1', normalised: 'x', nearest: [], at: n };
      await store.gaps.add({ ...gap, question: 'x'.repeat(200), kind: 'unknown' });
    }
    openRaw(folder).exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const bytes = await readFile(storeFileIn(folder));
    // Pages are 4096 bytes; those of the question texts are in the second half.
    for (let page = bytes.length / 2; page < bytes.length; page += 4096) bytes.fill(0xa5, page, page + 64);
    const copy = await temporaryFolder();
    await writeFile(storeFileIn(copy), bytes);
    await expect(accessStore(copy).open()).rejects.toThrow(unavailable('corrupt', /damaged/));
  });

  test('one of a newer version', async () => {
    const { folder } = await openTestStore();
    openRaw(folder).exec('PRAGMA user_version = 900');
    const access = accessStore(folder);
    await expect(access.open()).rejects.toThrow(unavailable('newer-version', /version 900.*Update Dockproof/));
    await expect(access.inspect()).rejects.toThrow(unavailable('newer-version', /version 900/));
  });

  test.each([
    ['with tables', 'CREATE TABLE recipes (name TEXT)'],
    ['with a version', 'PRAGMA user_version = 1'],
    ['with a mark', 'PRAGMA application_id = 77'],
  ])('one of another program, %s', async (_, sql) => {
    const folder = await temporaryFolder();
    openRaw(folder).exec(sql);
    const access = accessStore(folder);
    await expect(access.open()).rejects.toThrow(unavailable('not-ours', /another program/));
    await expect(access.inspect()).rejects.toThrow(unavailable('not-ours', /another program/));
  });

  test('a data folder that is a file', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(folder, '');
    const access = accessStore(folder);
    await expect(access.open()).rejects.toThrow(unavailable('not-writable', /Set DATA_DIR/));
    await expect(access.inspect()).rejects.toThrow(unavailable('not-writable', /is not a folder. Set DATA_DIR/));
  });

  test('a folder in the place of the file', async () => {
    const folder = await temporaryFolder();
    await mkdir(storeFileIn(folder));
    await expect(accessStore(folder).open()).rejects.toThrow(unavailable('not-writable', /Set DATA_DIR/));
  });

  test('a data folder of somebody else', async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o555);
    const script = `const { prepareStore } = await import('${projectFolder}src/store/store-access.ts');
      const access = prepareStore('${folder}', { keys: { current: null, previous: null }, defaults: {} });
      for (const step of ['open', 'inspect']) try { await access[step]() } catch (error) { console.log(error.name, error.code, error.message) }`;
    // Root may write everything, so somebody else tries.
    const other = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: '/tmp' },
      ...other,
    });
    expect(stdout.match(/StoreUnavailable not-writable .*EACCES.*Set DATA_DIR/g)).toHaveLength(2);
  });

  test('and is tried anew by the next call', async () => {
    const folder = await temporaryFolder();
    const raw = openRaw(folder);
    raw.exec('CREATE TABLE recipes (name TEXT)');
    const access = accessStore(folder);
    await expect(access.open()).rejects.toThrow(unavailable('not-ours', /another program/));
    raw.exec('DROP TABLE recipes');
    expect(await (await access.open()).votes.forMessage('T1', 'C1', '1.1')).toEqual([]);
  });
});

describe('while it is used', () => {
  test('a full disk is told as such, and nothing of the write stays', async () => {
    const { store, folder } = await openTestStore();
    const connection = await openAt(storeFileIn(folder), readMigrations());
    connection.exec('PRAGMA max_page_count = 1');
    const gaps = createGaps(createDatabase(connection, storeFileIn(folder)));
    const gap = { team: 'T1', place: 'C1', event: '1', person: 'U1', normalised: 'x', nearest: [], at: 1 };
    const add = () => gaps.add({ ...gap, question: 'x'.repeat(100_000), kind: 'unknown' });
    await expect(add()).rejects.toThrow(unavailable('full', /no room .*Free disk space/));
    expect(await store.gaps.list('T1', 0)).toEqual([]);
  });

  test('another process that does not let go is told as such', async () => {
    const { folder } = await openTestStore();
    const connection = await openAt(storeFileIn(folder), readMigrations());
    const database = createDatabase(connection, storeFileIn(folder));
    const take = (most: number) =>
      database.write((file) => file.run("INSERT INTO seen_events VALUES ('T1', 'C1', '1', 1)"), most);
    const other = openRaw(folder);
    other.exec('BEGIN IMMEDIATE');
    await expect(take(50)).rejects.toThrow(unavailable('busy', /Another process .*Try again/));
    other.exec('ROLLBACK');
    expect(await take(50)).toBe(1);
  });

  test('a data folder that is removed is noticed, and so is one that is made again', async () => {
    const { store, folder } = await openTestStore();
    await store.seenEvents.take('T1', 'C1', '1', 1);
    await rename(folder, `${folder}-away`);
    const gone = unavailable('gone', /removed or replaced .*start Dockproof again/);
    await expect(store.seenEvents.take('T1', 'C1', '2', 1)).rejects.toThrow(gone);
    await expect(store.settings.get('T1')).rejects.toThrow(gone);
    await mkdir(folder);
    await (await accessStore(folder).open()).seenEvents.take('T1', 'C1', '2', 1);
    await expect(store.seenEvents.take('T1', 'C1', '3', 1)).rejects.toThrow(gone);
    await rename(folder, `${folder}-new`);
    await rename(`${folder}-away`, folder);
    expect(await store.seenEvents.take('T1', 'C1', '3', 1)).toBe(true);
    await rm(`${folder}-new`, { recursive: true });
  });

  test('work that fails half-way leaves nothing', async () => {
    const { folder } = await openTestStore();
    const connection = await openAt(storeFileIn(folder), readMigrations());
    const database = createDatabase(connection, storeFileIn(folder));
    const work = () =>
      database.write((file) => {
        file.run("INSERT INTO seen_events (team, channel, event, at) VALUES ('T1', 'C1', '1', 1)");
        throw new RangeError('half-way');
      });
    await expect(work()).rejects.toThrow(RangeError);
    expect(await (await accessStore(folder).open()).seenEvents.take('T1', 'C1', '1', 1)).toBe(true);
  });
});

describe('migrations', () => {
  const steps = readMigrations();
  const versions = steps.map(({ version }) => version);

  test.each(versions)('lead from version %i to the latest and keep what is there', async (version) => {
    const file = storeFileIn(await temporaryFolder());
    const old = await openAt(file, steps.slice(0, version));
    old.exec(`INSERT INTO votes (team, place, message, person, question, entry, vote, reason, at)
      VALUES ('T1', 'C1', '1.1', 'U1', 'q', 'e', 'helpful', 'r', 5)`);
    expect(old.prepare('PRAGMA user_version').get()).toEqual({ user_version: version });
    old.close();
    const now = await openAt(file, steps);
    expect(now.prepare('PRAGMA user_version').get()).toEqual({ user_version: steps.length });
    expect(now.prepare('SELECT question, reason FROM votes').all()).toEqual([{ question: 'q', reason: 'r' }]);
    expect(schemaOf(now)).toEqual(schemaOf(await openAt(storeFileIn(await temporaryFolder()), steps)));
  });

  test('that fail leave the version before, whole', async () => {
    const file = storeFileIn(await temporaryFolder());
    const bad = { version: steps.length + 1, sql: 'CREATE TABLE half (a TEXT); INSERT INTO nowhere VALUES (1);' };
    await expect(openStoreFile(file, [...steps, bad])).rejects.toThrow(unavailable('failed', /no such table/));
    const connection = await openAt(file, steps);
    expect(schemaOf(connection).some(({ name }) => name === 'half')).toBe(false);
    expect(connection.prepare('PRAGMA user_version').get()).toEqual({ user_version: steps.length });
  });

  test('must stand in line: a gap or a stray file is named', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, '001-first.sql'), '');
    await writeFile(join(folder, '003-third.sql'), '');
    expect(() => readMigrations(pathToFileURL(`${folder}/`))).toThrow("003-third.sql is not the store's step 2");
  });
});

test('the file as it is: size and version', async () => {
  const access = accessStore(await temporaryFolder());
  await access.open();
  const facts = await access.inspect();
  expect(facts).toEqual({ version: readMigrations().length, bytes: expect.any(Number) });
  expect(facts?.bytes).toBeGreaterThan(0);
});
