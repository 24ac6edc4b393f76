import { StoreRefused, StoreUnavailable } from './store-error.ts';

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that need words of their own. */
const resultCode = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
};

/** Of an extended result code, the primary one is in its last 8 bits. */
const primaryBits = 0xff;

/** Codes of the file system that mean that the file cannot be written where it is. */
const notWritable = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'ENOENT',
  'EISDIR',
  'EEXIST',
  'ELOOP',
  'ENAMETOOLONG',
]);

/**
 * Turns an error of SQLite or of the file system into one that says what failed and what to do.
 * @param file the store's file, for the message
 */
export function explainFailure(cause: unknown, file: string): Error {
  if (!(cause instanceof Error)) return new StoreUnavailable('failed', `The store ${file} failed: ${String(cause)}`);
  if (cause instanceof StoreUnavailable || cause instanceof StoreRefused) return cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (code === 'ERR_SQLITE_ERROR') return explainSqlite(cause, file);
  if (code === 'ERR_INVALID_STATE') return new StoreUnavailable('closed', `The store ${file} is closed`, { cause });
  if (code === 'ENOSPC' || code === 'EDQUOT') return full(cause, file);
  if (notWritable.has(code)) return unwritable(cause, file);
  return cause;
}

/** The error for a file that is damaged. */
export function corrupt(cause: unknown, file: string): StoreUnavailable {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `The store ${file} is damaged (${reason}). Stop Dockproof, move the file and those beside it (-wal, -shm) away, and start again with a backup or without it`;
  return new StoreUnavailable('corrupt', message, { cause });
}

function explainSqlite(cause: Error, file: string): Error {
  const extended = 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode : 0;
  switch (extended & primaryBits) {
    case resultCode.constraint:
      return new StoreRefused(`The store refuses this: ${cause.message}`, { cause });
    case resultCode.corrupt:
    case resultCode.notADatabase:
      return corrupt(cause, file);
    case resultCode.full:
      return full(cause, file);
    case resultCode.readOnly:
    case resultCode.cannotOpen:
      return unwritable(cause, file);
    case resultCode.busy:
    case resultCode.locked: {
      const message = `Another process keeps the store ${file} busy. Try again, or end that process`;
      return new StoreUnavailable('busy', message, { cause });
    }
    default:
      return new StoreUnavailable('failed', `The store ${file} failed: ${cause.message}`, { cause });
  }
}

function unwritable(cause: Error, file: string): StoreUnavailable {
  const message = `The store ${file} cannot be written (${cause.message}). Set DATA_DIR to a folder that this user may write to, on a disk of this machine`;
  return new StoreUnavailable('not-writable', message, { cause });
}

function full(cause: Error, file: string): StoreUnavailable {
  const message = `There is no room for the store ${file}. Free disk space, or set DATA_DIR to a folder on another disk`;
  return new StoreUnavailable('full', message, { cause });
}
