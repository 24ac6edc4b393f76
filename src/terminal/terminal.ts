import type { Readable, Writable } from 'node:stream';

/** The terminal that a command talks to. Results go to `out`, diagnostics to `err`. */
export interface Terminal {
  readonly out: Writable;
  readonly err: Writable;
  readonly in: Readable & { readonly isTTY?: boolean };
  readonly style: Style;
  /** True where a person reads `out` as it comes. */
  readonly interactive: boolean;
}

/** Marks up text; without colour each returns its text unchanged. */
export interface Style {
  bold(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  accent(text: string): string;
}

/** Exit codes of the program. */
export const exitCode = { fine: 0, negative: 1, usage: 2, noEngine: 3 } as const;

/**
 * Makes the marks for a terminal (ECMA-48 sequences), or none where there is no colour.
 * @param colour see `wantsColour`
 */
export function createStyle(colour: boolean): Style {
  const mark = (on: number, off: number) => (text: string) => (colour ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return { bold: mark(1, 22), faint: mark(2, 22), good: mark(32, 39), bad: mark(31, 39), accent: mark(36, 39) };
}

/** Tells whether to use colour: on a terminal, unless NO_COLOR is set to anything (https://no-color.org). */
export function wantsColour(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): boolean {
  return isTerminal && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
}
