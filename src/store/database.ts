import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { z } from 'zod';
import { corrupt, explainFailure } from './explain-failure.ts';

/** Values for the named parameters of a statement. */
export type Values = Readonly<Record<string, SQLInputValue>>;

/**
 * The open file, as the repositories use it. Every method throws StoreUnavailable where the file cannot be used, and
 * StoreRefused for a write against a rule of the tables.
 */
export interface Database {
  /** Runs a statement. @returns the number of rows it changed */
  run(sql: string, values?: Values): number;
  /** The rows of a query, each parsed. @throws StoreUnavailable `corrupt` for a row that does not parse */
  rows<Row>(row: z.ZodType<Row>, sql: string, values?: Values): Row[];
  /** The first row of a query, parsed; null where there is none. @throws StoreUnavailable as `rows` does */
  row<Row>(row: z.ZodType<Row>, sql: string, values?: Values): Row | null;
  /** Does work that holds wholly or not at all. It may not be nested. */
  transaction<Result>(work: () => Result): Result;
}

/** Wraps an open connection. Prepared statements are kept, since the same few are used over and over. */
export function wrapConnection(connection: DatabaseSync, file: string): Database {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? connection.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const guarded = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (cause) {
      throw explainFailure(cause, file);
    }
  };
  const rows = <Row>(row: z.ZodType<Row>, sql: string, values: Values = {}) => {
    const found = guarded(() => statement(sql).all(values));
    return found.map((raw) => {
      const parsed = row.safeParse(raw);
      if (!parsed.success) throw corrupt(parsed.error, file);
      return parsed.data;
    });
  };
  return {
    run: (sql, values = {}) => guarded(() => Number(statement(sql).run(values).changes)),
    rows,
    row: (row, sql, values) => rows(row, sql, values)[0] ?? null,
    transaction: (work) => guarded(() => inTransaction(connection, work)),
  };
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
