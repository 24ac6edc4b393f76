import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './database.ts';
import { StoreUnavailable } from './store-error.ts';

/** One step from a version of the store to the next. */
export interface Migration {
  /** The version that the step leads to. */
  readonly version: number;
  readonly sql: string;
}

const shippedSteps = new URL('./migrations/', import.meta.url);

/**
 * Reads the steps: the folder's files `001-name.sql`, `002-name.sql` and so on, without gaps.
 * @throws Error naming the file that is out of line
 */
export function readMigrations(folder: URL = shippedSteps): readonly Migration[] {
  const files = readdirSync(folder).sort();
  return files.map((file, index) => {
    const version = index + 1;
    if (!new RegExp(`^${String(version).padStart(3, '0')}-[a-z-]+\\.sql$`).test(file)) {
      throw new Error(
        `${file} is not the store's step ${version}. Name the steps 001-name.sql, 002-name.sql and so on`,
      );
    }
    return { version, sql: readFileSync(new URL(file, folder), 'utf8') };
  });
}

/** Marks a file as Dockproof's in its header (https://www.sqlite.org/pragma.html#pragma_application_id): "DKPF". */
export const applicationId = 0x44_4b_50_46;

function versionOf(connection: DatabaseSync): number {
  return Number(connection.prepare('PRAGMA user_version').get()?.user_version);
}

/**
 * Takes an open file up to the last step, each step wholly or not at all. Where several processes start at once, one
 * does each step and the others wait.
 * @returns the version that the file then has
 * @throws StoreUnavailable `newer-version` for a file that a later Dockproof wrote
 */
export function migrate(connection: DatabaseSync, steps: readonly Migration[], file: string): number {
  const last = steps.length;
  for (const step of steps.slice(versionOf(connection))) {
    inTransaction(connection, () => {
      // Another process may have done this step while this one waited for its turn.
      if (versionOf(connection) >= step.version) return;
      connection.exec(step.sql);
      connection.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${step.version}`);
    });
  }
  const version = versionOf(connection);
  if (version > last) throw newerVersion(file, version, last);
  return version;
}

/** The error for a file that a later Dockproof wrote. */
export function newerVersion(file: string, version: number, last: number): StoreUnavailable {
  const message = `The store ${file} has version ${version}, and this Dockproof knows versions up to ${last}. Update Dockproof, or set DATA_DIR to another folder`;
  return new StoreUnavailable('newer-version', message);
}
