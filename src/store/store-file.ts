import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isBusy, patience } from './database.ts';
import { corrupt, explainFailure } from './explain-failure.ts';
import { applicationId, type Migration, migrate, newerVersion, readMigrations } from './migrations.ts';
import { StoreUnavailable } from './store-error.ts';

/** Milliseconds between two tries while another process holds the file. */
const pause = 10;

/** The store's file as it is. */
export interface StoreFileFacts {
  readonly bytes: number;
  readonly version: number;
}

/**
 * Opens the file and brings its tables up to date; makes it, and its folder, where it is missing. Only this user may
 * read it, since it holds what people asked.
 * @returns a connection that does not wait for other processes by itself
 * @throws StoreUnavailable where it cannot be written, is damaged, is another program's, or is of a later version
 */
export function openStoreFile(file: string, steps: readonly Migration[] = readMigrations()): Promise<DatabaseSync> {
  return patiently(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, 'a', 0o600));
    const connection = new DatabaseSync(file, { timeout: 0 });
    try {
      checkFile(connection, file, steps.length);
      useWriteAheadLog(connection, file);
      // An ended process loses nothing by this; only a power cut may take the last moments.
      connection.exec('PRAGMA synchronous = NORMAL');
      migrate(connection, steps, file);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/**
 * Looks at the file, and makes nothing.
 * @returns null where there is none yet, and it can be made
 * @throws StoreUnavailable as `openStoreFile` does
 */
export function inspectStoreFile(file: string): Promise<StoreFileFacts | null> {
  return patiently(file, () => {
    if (!existsSync(file)) {
      checkFolder(dirname(file));
      return null;
    }
    accessSync(file, constants.R_OK | constants.W_OK);
    const connection = new DatabaseSync(file, { timeout: 0 });
    try {
      const version = checkFile(connection, file, readMigrations().length);
      return { bytes: statSync(file).size, version };
    } finally {
      connection.close();
    }
  });
}

/** Checks that a folder can be written, or made where it is missing. */
function checkFolder(path: string): void {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) throw new StoreUnavailable('not-writable', notAFolder(folder));
  accessSync(folder, constants.W_OK | constants.X_OK);
}

function notAFolder(path: string): string {
  return `The store cannot be made, since ${path} is not a folder. Set DATA_DIR to a folder that this user may write to`;
}

/** What a file says of itself; read in one statement, since another process may be making the tables. */
const headerRow = z.object({ tables: z.int(), application: z.int(), version: z.int() });
const headerQuery = `SELECT (SELECT count(*) FROM sqlite_schema) AS tables, application_id AS application,
  user_version AS version FROM pragma_application_id, pragma_user_version`;

/** @returns the file's version */
function checkFile(connection: DatabaseSync, file: string, last: number): number {
  const { tables, application, version } = headerRow.parse(connection.prepare(headerQuery).get());
  if (application !== applicationId && (application !== 0 || version !== 0 || tables > 0)) {
    const message = `${file} belongs to another program. Set DATA_DIR to another folder, or move the file away`;
    throw new StoreUnavailable('not-ours', message);
  }
  if (version > last) throw newerVersion(file, version, last);
  const found = String(connection.prepare('PRAGMA quick_check(1)').get()?.quick_check);
  if (found !== 'ok') throw corrupt(found, file);
  return version;
}

function useWriteAheadLog(connection: DatabaseSync, file: string): void {
  const mode = connection.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
  if (mode === 'wal') return;
  throw new StoreUnavailable(
    'not-writable',
    `The store ${file} is on a disk that several processes cannot share. Set DATA_DIR to a folder on a disk of this machine`,
  );
}

/** Does work again while another process holds the file, until the patience ends. */
async function patiently<Result>(file: string, work: () => Result): Promise<Result> {
  const until = performance.now() + patience.ordinary;
  for (;;) {
    try {
      return work();
    } catch (cause) {
      const error = explainFailure(cause, file);
      if (!isBusy(error) || performance.now() > until) throw error;
      await sleep(pause * (1 + Math.random()));
    }
  }
}
