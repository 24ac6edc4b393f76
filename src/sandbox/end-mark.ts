import { randomBytes } from 'node:crypto';
import type { BoundedOutput } from './bounded-text.ts';
import { AnswerUnreadable } from './engine-answer.ts';

/** Tells that a script came to its end, so that what it printed is known to be whole. */
export interface EndMark {
  /** The script, which prints the mark and its exit code at its end. */
  around(script: string): string;
  /**
   * What the script printed, up to the bound.
   * @param exitCode which the engine tells
   * @returns null where there is no mark: then the script was ended, or its output cut off
   * @throws AnswerUnreadable where the mark and the engine tell different exit codes, or something came garbled
   */
  outputBefore(output: BoundedOutput, exitCode: number): string | null;
}

/** Makes a mark that no script can know. */
export function endMark(): EndMark {
  const word = `dockproof-${randomBytes(12).toString('hex')}`;
  const line = new RegExp(`${word} (\\d{1,3})\\n$`);
  return {
    // At the exit of the script's own shell, so that there is no process more than without it.
    around: (script) => `trap 'echo ${word} $?' EXIT; ${script}`,
    outputBefore(output, exitCode) {
      const mark = line.exec(output.tail());
      if (mark === null) return null;
      if (Number(mark[1]) !== exitCode) {
        throw new AnswerUnreadable(`a script ended with ${mark[1]}, and the engine told ${exitCode}`);
      }
      return output.head().slice(0, output.length() - mark[0].length);
    },
  };
}
