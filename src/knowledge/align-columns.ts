/**
 * Aligns a table's cells for a font of fixed width.
 * @returns a line for each row, without blanks at its end, and the width of each column in characters
 */
export function alignColumns(rows: readonly (readonly string[])[]): {
  readonly lines: readonly string[];
  readonly widths: readonly number[];
} {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return { lines, widths };
}
