/** Something wrong in a knowledge file, with where it is and what mends it. */
export interface Fault {
  readonly file: string;
  /** Line in the file, counted from 1. */
  readonly line: number;
  readonly problem: string;
  /** What the author should do about it. */
  readonly remedy: string;
}

/**
 * Writes a fault as one line, the way compilers do.
 * @returns `file:line: problem. remedy`
 */
export function formatFault(fault: Fault): string {
  return `${fault.file}:${fault.line}: ${fault.problem}. ${fault.remedy}`;
}

/** Takes a fault of the file that is being checked. */
export type Report = (line: number, problem: string, remedy: string) => void;
