import type { Report } from '../fault.ts';
import { fenceCommands } from './fence-commands.ts';
import type { Passage } from './passages.ts';
import type { DestroyingRules } from './read-rules.ts';

/**
 * Checks that an entry which makes a backup also shows how to see that it holds something.
 * @param body the whole body: the check may stand further down
 */
export function checkBackups(
  passages: readonly Passage[],
  body: string,
  { backups }: DestroyingRules,
  report: Report,
): void {
  for (const { makes, checked, remedy } of backups) {
    if (checked.test(body)) continue;
    const made = passages
      .filter(({ kind }) => kind === 'code')
      .flatMap(fenceCommands)
      .find(({ command }) => makes.test(command.words.join(' ')));
    if (made) report(made.line, 'Nothing shows that this backup holds what it should', remedy);
  }
}
