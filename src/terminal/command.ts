import type { Program } from '../assemble.ts';
import type { Config } from '../config.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What commands work with. */
export interface CommandParts extends Program {
  readonly config: Config;
  readonly projectFolder: string;
}

/** A command as it was called, checked. */
export interface Call {
  /** Whether it answers a question or shows an entry; what does not need not open the book. */
  readonly book: boolean;
  /** Whether it lists demos or runs one. */
  readonly demos: boolean;
  /** Runs it to its end. @returns the exit code */
  run(parts: CommandParts, terminal: Terminal): Promise<number>;
}

/** Options by their names. */
type Options = Readonly<Record<string, { readonly type: 'boolean' | 'string' }>>;

/** One command: how it is called, what its words and options mean, and what it does. */
export interface Command {
  /** Lines of help: what is written, and what that does. A line of an option begins with its dashes. */
  readonly usage: readonly (readonly [written: string, does: string])[];
  readonly options: Options;
  /** @throws UsageError with one line that says what is wrong */
  readonly read: (words: readonly string[], options: Readonly<Record<string, unknown>>) => Call | 'serve' | 'help';
}

/** The options that were given, by the types that a command declares; the parser has seen to them. */
export type Given<Known extends Options> = {
  readonly [Name in keyof Known]?: Known[Name]['type'] extends 'boolean' ? boolean : string;
};

/** Defines a command. Its own code is to be loaded where it runs, so that no other command waits for it. */
export function defineCommand<const Known extends Options>(command: {
  readonly usage: Command['usage'];
  readonly options: Known;
  readonly read: (words: readonly string[], options: Given<Known>) => ReturnType<Command['read']>;
}): Command {
  const { usage, options, read } = command;
  return { usage, options, read: (words, given) => read(words, given as Given<Known>) };
}

/** Refuses words behind a command that takes none. */
export function noWords(name: string, words: readonly string[]): void {
  if (words.length > 0) throw new UsageError(`"${name}" takes no further words. See: ./dockproof help`);
}
