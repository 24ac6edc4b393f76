/** One simple command of a shell line, without prompt, `sudo` and variables set for it. */
export interface ShellCommand {
  /** The command's words as the shell would pass them, quotes taken off. */
  readonly words: readonly string[];
  /** The commands whose output is handed to this one: by `$(…)`, or by a pipe. */
  readonly fedBy: readonly ShellCommand[];
  /** The file that the output replaces (`> file`), or null. */
  readonly writesTo: string | null;
  /** What a `#` behind the line says; it stands beside the command for a reader. */
  readonly comment: string;
}

interface Reading {
  readonly text: string;
  at: number;
}

const separators = ['&&', '||', ';', '|', '&', '\n'];

/**
 * Splits a line of shell into its simple commands; those inside `$(…)` and left of a pipe are found in `fedBy`.
 * It reads what examples need (quotes, pipes, substitutions, redirections, comments), not the whole language.
 * @returns the commands in their order, those inside of substitutions too, before the one that they feed
 */
export function readShell(text: string): ShellCommand[] {
  return readCommands({ text, at: 0 }, false);
}

function readCommands(reading: Reading, inside: boolean): ShellCommand[] {
  const found: ShellCommand[] = [];
  let piped: ShellCommand[] = [];
  while (reading.at < reading.text.length) {
    const { command, nested } = readCommand(reading, piped, inside);
    found.push(...nested);
    if (command.words.length > 0 || command.writesTo !== null) found.push(command);
    const separator = separators.find((sign) => reading.text.startsWith(sign, reading.at));
    piped = separator === '|' ? [command] : [];
    if (separator !== undefined) reading.at += separator.length;
    else if (inside || reading.at >= reading.text.length) break;
    else reading.at += 1;
  }
  return found;
}

function readCommand(
  reading: Reading,
  piped: readonly ShellCommand[],
  inside: boolean,
): { readonly command: ShellCommand; readonly nested: readonly ShellCommand[] } {
  const words: string[] = [];
  const nested: ShellCommand[] = [];
  let writesTo: string | null = null;
  let comment = '';
  for (;;) {
    skipBlanks(reading);
    const { text, at } = reading;
    if (at >= text.length || separators.some((sign) => text.startsWith(sign, at))) break;
    if (inside && text[at] === ')') break;
    if (text[at] === '#') {
      comment = readComment(reading);
    } else if (text[at] === '>') {
      reading.at += text[at + 1] === '>' ? 2 : 1;
      skipBlanks(reading);
      const target = readWord(reading, nested, inside);
      if (text[at + 1] !== '>') writesTo = target;
    } else words.push(readWord(reading, nested, inside));
  }
  const direct = nested.filter((command) => !nested.some(({ fedBy }) => fedBy.includes(command)));
  return { command: { words: bare(words), fedBy: [...piped, ...direct], writesTo, comment }, nested };
}

function readWord(reading: Reading, nested: ShellCommand[], inside: boolean): string {
  let word = '';
  let quote = '';
  for (; reading.at < reading.text.length; reading.at++) {
    const sign = reading.text[reading.at] ?? '';
    if (quote !== "'" && reading.text.startsWith('$(', reading.at)) {
      reading.at += 2;
      nested.push(...readCommands(reading, true));
      word += '$()';
    } else if (quote === sign) quote = '';
    else if (quote === '' && (sign === '"' || sign === "'")) quote = sign;
    else if (quote === '' && (/[\s;|&>]/.test(sign) || (inside && sign === ')'))) break;
    else word += sign;
  }
  return word;
}

function readComment(reading: Reading): string {
  const end = reading.text.indexOf('\n', reading.at);
  const comment = reading.text.slice(reading.at + 1, end < 0 ? undefined : end).trim();
  reading.at = end < 0 ? reading.text.length : end;
  return comment;
}

function skipBlanks(reading: Reading): void {
  while (/[ \t\\]/.test(reading.text[reading.at] ?? '')) reading.at += reading.text[reading.at] === '\\' ? 2 : 1;
}

/** Takes off what stands before a command and does not change what it is. */
function bare(words: readonly string[]): string[] {
  const start = words.findIndex((word) => word !== '$' && word !== 'sudo' && !/^[A-Za-z_]\w*=/.test(word));
  return start < 0 ? [] : words.slice(start);
}
