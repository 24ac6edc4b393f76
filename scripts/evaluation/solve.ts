/**
 * Solves a system of linear equations by Cholesky's method. The matrix is symmetric and positive definite.
 * @param matrix its rows
 * @returns the vector that the matrix turns into `right`
 */
export function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const lower = decompose(matrix);
  const solution = Float64Array.from(right);
  const value = (place: number): number => solution[place] ?? 0;
  for (let row = 0; row < solution.length; row++) {
    let rest = value(row);
    for (let before = 0; before < row; before++) rest -= at(lower, row, before) * value(before);
    solution[row] = rest / at(lower, row, row);
  }
  for (let row = solution.length - 1; row >= 0; row--) {
    let rest = value(row);
    for (let after = row + 1; after < solution.length; after++) rest -= at(lower, after, row) * value(after);
    solution[row] = rest / at(lower, row, row);
  }
  return solution;
}

/** The lower triangle that, times itself turned over, is the matrix. */
function decompose(matrix: readonly Float64Array[]): Float64Array[] {
  const lower = matrix.map((row) => new Float64Array(row.length));
  for (const [row, values] of lower.entries()) {
    for (let column = 0; column <= row; column++) {
      let rest = at(matrix, row, column);
      for (let before = 0; before < column; before++) rest -= at(lower, row, before) * at(lower, column, before);
      values[column] = row === column ? Math.sqrt(rest) : rest / at(lower, column, column);
    }
  }
  return lower;
}

function at(matrix: readonly Float64Array[], row: number, column: number): number {
  return matrix[row]?.[column] ?? 0;
}
