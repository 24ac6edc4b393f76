import type { Report } from '../fault.ts';
import { rowsFor } from './check-losses.ts';
import { shapeOf, valuesOf } from './command-shape.ts';
import { fenceCommands } from './fence-commands.ts';
import type { Passage } from './passages.ts';
import type { DestroyingRules } from './read-rules.ts';
import { readShell, type ShellCommand } from './shell-commands.ts';
import { typedCodesIn } from './typed-codes.ts';

interface Typed {
  readonly command: ShellCommand;
  readonly line: number;
}

const listing = /^docker (ps|container ls|volume ls|images|image ls|network ls)\b/;

/**
 * Checks that a list which feeds a destroying command (`$(docker ps …)`, `| xargs`) was printed first, with the same
 * filters, in the same section; and that a filter by name in it is anchored, since it matches any part of a name.
 */
export function checkSeenLists(passages: readonly Passage[], rules: DestroyingRules, report: Report): void {
  const shown = new Set<string>();
  for (const { command, line } of passages.flatMap(commandsIn)) {
    const lists = rowsFor(command, rules).length === 0 ? [] : command.fedBy.flatMap(listsBehind);
    for (const list of lists) checkList(list, shown, line, report);
    if (listing.test(shapeOf(command).path)) shown.add(whatItLists(command));
  }
}

function checkList(list: ShellCommand, shown: ReadonlySet<string>, line: number, report: Report): void {
  const seen = list.words.filter((word) => word !== '--quiet' && word !== '-q').join(' ');
  if (!shown.has(whatItLists(list))) {
    report(line, `A list goes unseen into a command that destroys`, `Print it first, in the same section: ${seen}`);
  }
  for (const filter of filtersOf(list)) {
    if (/^name=[^^]/.test(filter)) {
      report(
        line,
        `The filter "${filter}" matches any part of a name`,
        `Anchor it: name=^${filter.slice('name='.length)}`,
      );
    }
  }
}

/** The listing commands whose output arrives in a command, through other commands too (`docker ps | grep x | xargs …`). */
function listsBehind(command: ShellCommand): ShellCommand[] {
  const behind = command.fedBy.flatMap(listsBehind);
  return listing.test(shapeOf(command).path) ? [command, ...behind] : behind;
}

function whatItLists(list: ShellCommand): string {
  const what = listing.exec(shapeOf(list).path)?.[1] ?? '';
  const one = what === 'container ls' ? 'ps' : what === 'image ls' ? 'images' : what;
  return [one, ...filtersOf(list).sort()].join(' ');
}

function filtersOf({ words }: ShellCommand): string[] {
  return [...valuesOf('--filter', words), ...valuesOf('-f', words)];
}

/** Commands of a passage that stand for themselves: those that feed another one are printed by nobody. */
function commandsIn(passage: Passage): Typed[] {
  const typed =
    passage.kind === 'code'
      ? fenceCommands(passage)
      : typedCodesIn(passage.text).flatMap((code) =>
          readShell(code).map((command) => ({ command, line: passage.line })),
        );
  const feeding = new Set(typed.flatMap(({ command }) => command.fedBy));
  return typed.filter(({ command }) => !feeding.has(command));
}
