/** Quotes a text for a POSIX shell, leaving plain words as they are. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Joins words to a command line that a POSIX shell reads back as the same words. */
export function commandLine(words: readonly string[]): string {
  return words.map(quote).join(' ');
}
