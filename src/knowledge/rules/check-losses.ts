import type { Report } from '../fault.ts';
import { type CommandShape, commandsWithin, firstValueOf, isCommand, shapeOf } from './command-shape.ts';
import { fenceCommands } from './fence-commands.ts';
import { type Passage, sentencesOf } from './passages.ts';
import type { DestroyingRules } from './read-rules.ts';
import { readShell, type ShellCommand } from './shell-commands.ts';
import { typedCodes } from './typed-codes.ts';

type Row = DestroyingRules['commands'][number];

/**
 * Checks that each command that destroys stands after the words that name its loss: in the same section before it, in a
 * comment of the fence, or, of a command within prose, in the same paragraph or row.
 */
export function checkLosses(passages: readonly Passage[], rules: DestroyingRules, report: Report): void {
  const reader: Reader = { sentences: [], made: new Set() };
  for (const passage of passages) {
    if (passage.kind === 'code') checkFence(passage, reader, rules, report);
    else checkProse(passage, reader, rules, report);
  }
  for (const { says, loses, named } of rules.advice) {
    for (const passage of passages) {
      if (passage.kind === 'code' || names(named, [...reader.sentences, passage.text], rules)) continue;
      const sentence = sentencesOf(passage.text).find((each) => says.test(each));
      if (sentence !== undefined)
        report(passage.line, `"${excerpt(sentence)}" does not say: ${loses}`, 'Say so in the same section');
    }
  }
}

/** What somebody knows who reads a section from its start. */
interface Reader {
  readonly sentences: string[];
  /** Containers that the section itself has made, by name: nobody has data in them. */
  readonly made: Set<string>;
}

function checkFence(fence: Passage, reader: Reader, rules: DestroyingRules, report: Report): void {
  let comments: string[] = [];
  for (const { command, line, comments: said } of fenceCommands(fence)) {
    comments = sentencesOf(said);
    const shape = shapeOf(command);
    if (/^docker (container )?(create|run) /.test(shape.path)) reader.made.add(firstValueOf('--name', shape));
    for (const row of rowsToName(command, reader, rules)) {
      if (!names(row.named, [...reader.sentences, ...comments], rules)) tell(row, line, report);
    }
  }
  reader.sentences.push(...comments);
}

function checkProse(passage: Passage, reader: Reader, rules: DestroyingRules, report: Report): void {
  // A row is read as a whole, since its columns are one statement, and says nothing of the commands in other rows.
  const isRow = passage.kind === 'row';
  const sentences = isRow ? [passage.text] : sentencesOf(passage.text);
  if (!isRow) reader.sentences.push(...sentences);
  const known = isRow ? [...reader.sentences, passage.text] : reader.sentences;
  for (const code of sentences.flatMap(typedCodes)) {
    const rows = readShell(code).flatMap((command) => rowsToName(command, reader, rules));
    for (const row of rows) if (!names(row.named, known, rules)) tell(row, passage.line, report);
  }
}

function rowsToName(command: ShellCommand, { made }: Reader, rules: DestroyingRules): Row[] {
  const removed = /^docker (?:container )?rm (.+)$/.exec(shapeOf(command).path)?.[1]?.split(' ') ?? [];
  return removed.length > 0 && removed.every((name) => made.has(name)) ? [] : rowsFor(command, rules);
}

/** Finds the rows of the table that a command fits, and what it runs in a container or on another host. */
export function rowsFor(typed: ShellCommand, rules: DestroyingRules): Row[] {
  const shapes = [typed, ...commandsWithin(typed)].flatMap((command) => [shapeOf(command), ...redirectionOf(command)]);
  return rules.commands.filter((row) => shapes.some((shape) => fits(shape, row)));
}

function redirectionOf({ writesTo }: ShellCommand): CommandShape[] {
  return writesTo === null ? [] : [{ path: '>', options: new Set(), words: [writesTo] }];
}

function fits(shape: CommandShape, { command, also, options, unless, argument }: Row): boolean {
  return (
    [command, ...also].some((name) => isCommand(shape, name)) &&
    (options.length === 0 || options.some((option) => shape.options.has(option))) &&
    !unless.some((option) => shape.options.has(option)) &&
    (argument === undefined || shape.words.some((word) => argument.test(word)))
  );
}

function names(lists: readonly string[], sentences: readonly string[], { words }: DestroyingRules): boolean {
  return sentences.some((sentence) => lists.every((list) => words[list]?.test(sentence) === true));
}

function tell({ command, options, loses }: Row, line: number, report: Report): void {
  const typed = [command, options[0]].filter(Boolean).join(' ');
  report(
    line,
    `Nothing before \`${typed}\` names what it destroys: ${loses}`,
    'Say so before the command, in the same section',
  );
}

function excerpt(sentence: string): string {
  return sentence.length <= 60 ? sentence : `${sentence.slice(0, 59)}…`;
}
