/** A column of numbers. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The number at an index; 0 outside of the column. */
export function at(column: Column, index: number): number {
  return column[index] ?? 0;
}

/** Adds to the number at an index. */
export function add(column: Column, index: number, amount: number): void {
  column[index] = at(column, index) + amount;
}

/** @returns a column twice as long with the same numbers, but of at most `limit` */
export function longer<T extends Column>(column: T, limit: number): T;
export function longer(column: Column, limit: number): Column {
  const length = Math.min(limit, column.length * 2);
  const next =
    column instanceof Float64Array
      ? new Float64Array(length)
      : column instanceof Uint32Array
        ? new Uint32Array(length)
        : column instanceof Uint16Array
          ? new Uint16Array(length)
          : new Uint8Array(length);
  next.set(column);
  return next;
}
