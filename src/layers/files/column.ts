/** A column of numbers; columns are sized at once, and the system gives memory only to what is written. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The number at an index; 0 outside of the column. */
export function at(column: Column, index: number): number {
  return column[index] ?? 0;
}

/** Adds to the number at an index. */
export function add(column: Column, index: number, amount: number): void {
  column[index] = at(column, index) + amount;
}
