import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { UsageError } from './usage-error.ts';

/** Characters from a line's begin to what it does, and before an option. */
const columns = { does: 40, option: 6 } as const;

const lines = [...commands.values()]
  .flatMap(({ usage }) => usage)
  .map(([written, does]) => {
    const begin = written.startsWith('--') ? `${' '.repeat(columns.option)}${written}` : `  ./dockproof ${written}`;
    return `${begin.padEnd(columns.does)}${does}`;
  });

/** What `help` prints. */
export const usage = `Dockproof answers Docker questions and proves the answers on a real engine.

${lines.join('\n')}

Exit codes: 0 fine, 1 the thing itself came out negative, 2 wrong usage, 3 no engine.
`;

const everyOption: ParseArgsOptionsConfig = Object.assign(
  { help: { type: 'boolean', short: 'h' } as const },
  ...[...commands.values()].map(({ options }) => options),
);

/**
 * Reads a command line.
 * @param words the arguments after the program's name
 * @throws UsageError with one line that says what is wrong
 */
export function readCommand(words: readonly string[]): ReturnType<Command['read']> {
  const { values, positionals } = parse(words);
  const { help = false, ...given } = values;
  if (help === true || (positionals.length === 0 && words.length === 0)) return 'help';
  const [name = '', ...rest] = positionals;
  const command = commands.get(name);
  if (command === undefined) throw new UsageError(`There is no command "${name}". See: ./dockproof help`);
  const stray = Object.keys(given).find((option) => !Object.hasOwn(command.options, option));
  if (stray !== undefined) throw new UsageError(`"${name}" does not take --${stray}. See: ./dockproof help`);
  return command.read(rest, given);
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: everyOption });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UsageError(`${reason}. See: ./dockproof help`, { cause: error });
  }
}
