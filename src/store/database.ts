import { statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { z } from 'zod';
import { corrupt, explainFailure } from './explain-failure.ts';
import { StoreUnavailable } from './store-error.ts';
import { createWaitingLine, type Waiting } from './waiting-line.ts';

/** Values for the named parameters of a statement. */
export type Values = Readonly<Record<string, SQLInputValue>>;

/**
 * What a unit of work does on the open file. Every method throws StoreUnavailable where the file cannot be used, and
 * StoreRefused for a write against a rule of the tables.
 */
export interface Statements {
  /** Runs a statement. @returns the number of rows it changed */
  run(sql: string, values?: Values): number;
  /** The rows of a query, each parsed. @throws StoreUnavailable `corrupt` for a row that does not parse */
  rows<Row>(row: z.ZodType<Row>, sql: string, values?: Values): Row[];
  /** The first row of a query, parsed; null where there is none. @throws StoreUnavailable as `rows` does */
  row<Row>(row: z.ZodType<Row>, sql: string, values?: Values): Row | null;
}

/**
 * The open file, as the repositories use it. Where another process holds the file, work is tried again until its
 * patience ends; meanwhile nothing else waits for it. Every method throws as its work does, and StoreUnavailable `busy`
 * where the patience was not enough.
 */
export interface Database {
  /** Does work that only reads. It waits for no writer. */
  read<Result>(work: (statements: Statements) => Result): Promise<Result>;
  /**
   * Does work that holds wholly or not at all. It may be done again after an attempt that found the file held, so it
   * changes nothing but the file. Work that has to wait is done in the order in which it came.
   * @param patience milliseconds
   */
  write<Result>(work: (statements: Statements) => Result, patience?: number): Promise<Result>;
  /** Waits until no work waits any more, at most some milliseconds. */
  settle(most: number): Promise<void>;
}

/** Milliseconds that work waits for another process: where somebody waits for it, and where nobody does. */
export const patience = { ordinary: 5000, unhurried: 30_000 } as const;

/**
 * Wraps an open connection that does not wait by itself. Prepared statements are kept, since the same few are used over
 * and over.
 *
 * The statements run on the calling thread: one unit of work takes some hundredths of a millisecond, a third of what
 * handing it to another thread does. What takes long is waiting for another process, and that blocks nothing.
 */
export function createDatabase(connection: DatabaseSync, file: string): Database {
  const statements = statementsOf(connection, file);
  const opened = identityOf(file);
  const line = createWaitingLine();

  function patiently<Result>(attempt: () => Result, most: number, inLine: boolean): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const until = performance.now() + most;
    const waiting: Waiting = {
      until,
      attempt() {
        try {
          // Of a file that was removed the connection goes on writing to what nobody finds again.
          if (identityOf(file) !== opened) throw gone(file);
          resolve(attempt());
        } catch (error) {
          if (isBusy(error) && performance.now() < until) return false;
          reject(error);
        }
        return true;
      },
    };
    line.enter(waiting, inLine);
    return promise;
  }

  return {
    read: (work) => patiently(() => work(statements), patience.ordinary, false),
    write: (work, most = patience.ordinary) =>
      patiently(() => guarded(file, () => inTransaction(connection, () => work(statements))), most, true),
    settle: (most) => line.settle(most),
  };
}

function statementsOf(connection: DatabaseSync, file: string): Statements {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? connection.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const rows = <Row>(row: z.ZodType<Row>, sql: string, values: Values = {}) => {
    const found = guarded(file, () => statement(sql).all(values));
    return found.map((raw) => {
      const parsed = row.safeParse(raw);
      if (!parsed.success) throw corrupt(parsed.error, file);
      return parsed.data;
    });
  };
  return {
    run: (sql, values = {}) => guarded(file, () => Number(statement(sql).run(values).changes)),
    rows,
    row: (row, sql, values) => rows(row, sql, values)[0] ?? null,
  };
}

/** Tells the file from one that has taken its place; null where there is none. */
function identityOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev} ${found.ino}`;
}

function gone(file: string): StoreUnavailable {
  const message = `The store ${file} was removed or replaced while Dockproof uses it, so nothing can be kept. Put it back, or start Dockproof again with what is there now`;
  return new StoreUnavailable('gone', message);
}

function guarded<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw explainFailure(cause, file);
  }
}

/** Whether an error means that another process holds the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof StoreUnavailable && error.code === 'busy';
}

/**
 * Immediate, so that a transaction that reads before it writes waits for other writers at its start and cannot fail
 * half-way because another process wrote in between.
 */
export function inTransaction<Result>(connection: DatabaseSync, work: () => Result): Result {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } finally {
    if (connection.isTransaction) connection.exec('ROLLBACK');
  }
}
