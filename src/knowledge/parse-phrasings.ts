import { basename } from 'node:path';
import { longestPhrasing, shortestPhrasing } from './entry.ts';
import type { Fault } from './fault.ts';
import { largestFile } from './read-knowledge.ts';

/** A way to ask, and the line of its file on which it stands, counted from 1. */
export interface Phrasing {
  readonly text: string;
  readonly line: number;
}

/** A file of further phrasings of one entry: `phrasings/<id>.txt`, one a line. */
export interface PhrasingFile {
  /** The entry that they belong to. */
  readonly id: string;
  /** The file it came from, for messages. */
  readonly file: string;
  /** Those without a fault. */
  readonly phrasings: readonly Phrasing[];
  readonly faults: readonly Fault[];
}

/**
 * Reads a file of phrasings. A line with a fault is left out, the others count; never throws on bad content.
 * @param file the name to use in messages; without its ending it is the entry's id
 * @param text the file's whole content
 */
export function parsePhrasings(file: string, text: string): PhrasingFile {
  const id = basename(file, '.txt');
  if (Buffer.byteLength(text) > largestFile.phrasings) {
    const problem = `The file has more than ${largestFile.phrasings / 1024} KiB`;
    return { id, file, phrasings: [], faults: [{ file, line: 1, problem, remedy: 'Shorten it' }] };
  }
  const phrasings: Phrasing[] = [];
  const faults: Fault[] = [];
  for (const [index, written] of linesOf(text).entries()) {
    const phrasing = { text: written.trim(), line: index + 1 };
    const fault = faultOf(phrasing.text);
    if (fault === null) phrasings.push(phrasing);
    else faults.push({ file, line: phrasing.line, ...fault });
  }
  return { id, file, phrasings, faults };
}

/** A last line may end, or not; a file that somebody has emptied has no lines. */
function linesOf(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function faultOf(phrasing: string): Pick<Fault, 'problem' | 'remedy'> | null {
  if (phrasing === '') return { problem: 'A blank line', remedy: 'Remove it: every line is one way to ask' };
  if (phrasing.length < shortestPhrasing)
    return { problem: `"${phrasing}" is too short to be a question`, remedy: 'Write it out, or remove the line' };
  if (phrasing.length <= longestPhrasing) return null;
  const problem = `The phrasing has ${phrasing.length} characters, more than ${longestPhrasing}`;
  return { problem, remedy: 'Keep the part that tells what is asked, for example the first line of an error' };
}
