import type { Report } from '../fault.ts';
import { fenceCommands } from './fence-commands.ts';
import type { Passage } from './passages.ts';
import type { DestroyingRules } from './read-rules.ts';
import type { ShellCommand } from './shell-commands.ts';

/**
 * Checks that an entry which makes a backup also shows how to see that it holds something, and that no fence overwrites
 * the dump that it then restores.
 * @param body the whole body: the check may stand further down
 */
export function checkBackups(passages: readonly Passage[], body: string, rules: DestroyingRules, report: Report): void {
  const fences = passages.filter(({ kind }) => kind === 'code').map(fenceCommands);
  for (const { makes, checked, remedy } of rules.backups) {
    if (checked.test(body)) continue;
    const made = fences.flat().find(({ command }) => makes.test(typed(command)));
    if (made) report(made.line, 'Nothing shows that this backup holds what it should', remedy);
  }
  for (const commands of fences) {
    const written = new Set<string>();
    for (const { command, line } of commands) {
      const overwritten = rules.restores.test(typed(command)) && [...written].find((file) => reads(command, file));
      if (overwritten) {
        report(
          line,
          `The dump above overwrites "${overwritten}" before this restores it`,
          'Give the dump of the present state a name of its own',
        );
      }
      if (command.writesTo !== null && rules.backups.some(({ makes }) => makes.test(typed(command)))) {
        written.add(command.writesTo);
      }
    }
  }
}

function typed({ words }: ShellCommand): string {
  return words.join(' ');
}

function reads({ words }: ShellCommand, file: string): boolean {
  return words.some((word, at) => word === `<${file}` || (word === '<' && words[at + 1] === file));
}
