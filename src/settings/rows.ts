import type { Setting } from './setting.ts';

/** Rows, and groups of rows. */
export type Rows = Readonly<Record<string, Setting | Readonly<Record<string, Setting>>>>;

/** What rows say, by group and key. */
export type Values<Of> = {
  readonly [Key in keyof Of]: Of[Key] extends Setting<infer Value> ? Value : Values<Of[Key]>;
};

/**
 * Reads rows and groups of rows.
 * @param read makes the value that the row's schema makes
 */
export function readRows<Read extends Rows>(rows: Read, read: (row: Setting) => unknown): Values<Read> {
  const entries = Object.entries(rows).map(([key, row]) => [key, isSetting(row) ? read(row) : readRows(row, read)]);
  // Each row's schema made its value, so the types of the rows are those of the values.
  return Object.fromEntries(entries) as Values<Read>;
}

/** All rows, in their order. */
export function settingsOf(rows: Rows): readonly Setting[] {
  return Object.values(rows).flatMap((row) => (isSetting(row) ? [row] : settingsOf(row)));
}

function isSetting(row: Rows[string]): row is Setting {
  return typeof row.environment === 'string';
}
