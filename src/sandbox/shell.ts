import { randomBytes } from 'node:crypto';
import { keptRawBytes } from './bounded-text.ts';
import { demultiplex } from './demultiplex.ts';
import { AnswerUnreadable } from './engine-answer.ts';
import { quote } from './quote.ts';
import type { Result } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';

/** A shell that waits in a container for scripts, over the container's attached standard input and output. */
export interface Shell {
  /**
   * Runs one script to its end.
   * @throws SandboxError `container-ended` if the container ends first; AnswerUnreadable where what came is garbled
   */
  run(script: string): Promise<Result>;
  /** Whether the stream has ended, so that no script can run any more. */
  hasEnded(): boolean;
  close(): void;
}

/** The line that ends a script's output, where it shows up in the log of the container. */
export const markLine = /^\n?dockproof-[0-9a-f]{24} \d+\n/gm;

/** The mark with the exit code behind it is shorter than this, so looking back this far never misses one. */
const longestMarkLine = 256;

/** Gathers what a script prints until its mark. */
function untilMark(mark: string) {
  let received = '';
  return {
    /** @returns the output and what stands behind the mark, once both have come */
    add(text: string): { readonly output: string; readonly code: string } | null {
      const searched = received.length;
      received += text;
      const at = received.indexOf(mark, Math.max(0, searched - longestMarkLine));
      const lineEnd = at < 0 ? -1 : received.indexOf('\n', at);
      // The mark stands behind a line end of its own, which is not the script's.
      if (lineEnd >= 0)
        return { output: received.slice(0, Math.max(0, at - 1)), code: received.slice(at + mark.length, lineEnd) };
      if (received.length > keptRawBytes * 2) {
        received = received.slice(0, keptRawBytes) + received.slice(-longestMarkLine);
      }
      return null;
    },
    tail: () => received.slice(-200),
  };
}

interface Pending extends Pick<PromiseWithResolvers<Result>, 'resolve' | 'reject'> {
  readonly reply: ReturnType<typeof untilMark>;
}

/**
 * Talks to a shell over an attached stream. One script runs at a time; a random mark after each tells its end and
 * exit code. This spares the engine a process of its own for each command, which costs more than the command.
 */
export function openShell(stream: NodeJS.ReadWriteStream, container: string): Shell {
  let pending: Pending | null = null;
  let ended = false;
  let last: Promise<unknown> = Promise.resolve();

  const end = (error?: unknown) => {
    ended = true;
    const words = `The container ${container} ended while a command ran in it: ${pending?.reply.tail() ?? ''}`;
    pending?.reject(error instanceof AnswerUnreadable ? error : new SandboxError('container-ended', words));
    pending = null;
    // An open half would keep the connection, and with it the process.
    stream.end();
  };
  demultiplex(stream, (text) => {
    // What a process in the background prints between two scripts belongs to neither.
    const came = pending?.reply.add(text);
    if (!pending || !came) return;
    const { resolve, reject } = pending;
    pending = null;
    if (/^\d{1,3}$/.test(came.code)) resolve({ output: came.output, exitCode: Number(came.code) });
    else reject(new AnswerUnreadable('the exit code of a command came garbled'));
  }).then(end, end);

  const runNow = (script: string): Promise<Result> => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    if (ended) {
      const words = `The container ${container} does not run. Start it before running a command in it`;
      reject(new SandboxError('container-ended', words));
      return promise;
    }
    const mark = `dockproof-${randomBytes(12).toString('hex')} `;
    pending = { reply: untilMark(mark), resolve, reject };
    stream.write(`\nsh -c ${quote(script)} </dev/null 2>&1; printf '\\n%s%s\\n' ${quote(mark)} $?\n`);
    return promise;
  };

  return {
    run(script) {
      const result = last.then(() => runNow(script));
      last = result.catch(() => undefined);
      return result;
    },
    hasEnded: () => ended,
    close() {
      ended = true;
      stream.end();
    },
  };
}
