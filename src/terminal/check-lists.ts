import { join } from 'node:path';
import { checkLinks } from '../knowledge/docs-folder/check-links.ts';
import { readDocsPages } from '../knowledge/docs-folder/docs-pages.ts';
import { formatFault } from '../knowledge/fault.ts';
import { type LoadedBook, parseBook } from '../knowledge/load-book.ts';
import { readKnowledge } from '../knowledge/read-knowledge.ts';
import { monthsBetween, versionsInBook } from '../knowledge/rules/check-rules.ts';
import { type ImageState, imageStates } from '../knowledge/rules/example-images.ts';
import { type Rules, readRules } from '../knowledge/rules/read-rules.ts';
import { type CheckParts, formatHint } from './check-command.ts';
import { exitCode, type Terminal } from './terminal.ts';

/** What `check` can list: what may age. */
export type AgingList =
  | { readonly of: 'versions' | 'images' }
  /** The folder is a checkout of Docker's documentation. */
  | { readonly of: 'links'; readonly folder: string };

const imageList = { file: 'knowledge/rules/example-images.yaml', line: 1 };
const endOfLifeList = { file: 'knowledge/rules/end-of-life.yaml', line: 1 };
const oldestDates = 12;

/**
 * Prints one of the lists of what may age in the book.
 * @returns 0, or 1 where a link is dead
 * @throws KnowledgeUnreadable, DocsUnreadable
 */
export async function listAging(list: AgingList, parts: CheckParts, terminal: Terminal): Promise<number> {
  const { place, projectFolder, now } = parts;
  const book = () => parseBook(readKnowledge(place.folders), place.root);
  if (list.of === 'links') return listLinks(book(), list.folder, place.root, terminal);
  const rules = await readRules(join(projectFolder, 'knowledge'));
  return list.of === 'images' ? listImages(rules, now, terminal) : listVersions(book(), rules, terminal);
}

/** Lists every sentence of the book that holds for some versions, stores or platforms only, by what it names. */
function listVersions(book: LoadedBook, rules: Rules, { out, style }: Terminal): number {
  const found = versionsInBook(book, rules);
  const phrases = [...new Set(found.map(({ phrase }) => phrase))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  for (const phrase of phrases) {
    out.write(`${style.bold(phrase)}\n`);
    for (const { file, line, sentence } of found.filter((each) => each.phrase === phrase))
      out.write(`  ${file}:${line}: ${sentence}\n`);
  }
  out.write(`${found.length} sentences, ${phrases.length} versions, stores and platforms.\n`);
  return exitCode.fine;
}

/**
 * Lists the images that examples may name, with the day on which each version ends.
 * @returns 0: a version that has ended is a hint, since time alone makes no example wrong
 */
export function listImages({ images, endOfLife }: Rules, now: Date, { out }: Terminal): number {
  const states = imageStates(images, endOfLife, now.toISOString().slice(0, 10));
  const width = Math.max(...states.map(({ image, cycle }) => image.length + cycle.length + 1));
  for (const state of states) out.write(`${`${state.image}:${state.cycle}`.padEnd(width)}  ${endOf(state)}\n`);
  for (const { image, cycle, ends, instead } of states.filter(({ ended }) => ended)) {
    const remedy = instead === null ? 'Look for what follows it' : `Use ${image}:${instead}, here and in the entries`;
    out.write(formatHint({ ...imageList, problem: `${image}:${cycle} has had no fixes since ${ends}`, remedy }));
  }
  const months = monthsBetween(endOfLife.checked, now);
  if (months > oldestDates) {
    const remedy = 'Compare them with their sources, and write the month at checked:';
    out.write(formatHint({ ...endOfLifeList, problem: `The dates are ${months} months old`, remedy }));
  }
  return exitCode.fine;
}

function endOf({ ends, ended }: ImageState): string {
  if (ends === undefined) return 'no dates';
  if (ends === null) return 'supported, no end known yet';
  return ended ? `ended ${ends}` : `supported until ${ends}`;
}

/**
 * Compares the book's links with a checkout of Docker's documentation, and prints what is not there.
 * @returns 0 if no link is dead, else 1
 * @throws DocsUnreadable if the folder holds no such checkout
 */
async function listLinks(book: LoadedBook, folder: string, root: string, { out }: Terminal): Promise<number> {
  const { dead, moved, undecided, found, elsewhere } = await checkLinks(book, await readDocsPages(folder), root);
  for (const fault of dead) out.write(`${formatFault(fault)}\n`);
  for (const fault of [...moved, ...undecided]) out.write(formatHint(fault));
  out.write(
    `${found} links found, ${dead.length} dead, ${moved.length} moved, ${undecided.length} that the folder cannot decide; ` +
      `${elsewhere} lead to other sites and were not compared.\n`,
  );
  return dead.length === 0 ? exitCode.fine : exitCode.negative;
}
