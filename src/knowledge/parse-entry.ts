import { marked, type Token } from 'marked';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { checkBody } from './check-body.ts';
import { type Entry, frontMatterSchema } from './entry.ts';
import type { Fault } from './fault.ts';
import { largestFile } from './read-knowledge.ts';

type FrontMatter = z.output<typeof frontMatterSchema>;

/** The longest body allowed, in characters: one Slack message with room to spare. */
export const longestBody = 2500;

/** What came of reading one knowledge file: an entry where there are no faults. */
export interface ParsedEntry {
  readonly entry: Entry | null;
  readonly faults: readonly Fault[];
  /** The line on which the body starts. */
  readonly bodyLine: number;
  /** The body as the lexer reads it; nothing where there is none that can be read. */
  readonly tokens: () => readonly Token[];
  /** Finds the line of a front matter key, for faults that only the whole book can show. */
  readonly lineOf: (...path: (string | number)[]) => number;
}

const fence = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/**
 * Reads one knowledge file.
 * @param file the name to use in messages
 * @param text the file's whole content
 * @returns the entry, its `asks` alone as phrasings and taken for a shipped one, or null and the faults that kept it from being one; never throws on bad content
 */
export function parseEntry(file: string, text: string): ParsedEntry {
  if (Buffer.byteLength(text) > largestFile.entry)
    return unread(file, `The file has more than ${largestFile.entry / 1024} KiB`, 'Shorten it; an entry has a few');
  const match = fence.exec(text);
  if (!match) {
    const remedy = 'Start the file with ---, the fields, and --- again; see docs/writing-entries.md';
    return unread(file, 'The front matter is missing', remedy);
  }
  try {
    return parseParts(file, text, match);
  } catch (error) {
    // The libraries throw for an alias of nothing, for aliases of aliases without end, and for what is nested too deep.
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return unread(file, `The file cannot be read: ${reason}`, 'Write it without aliases, and nested a few levels deep');
  }
}

function unread(file: string, problem: string, remedy: string): ParsedEntry {
  return { entry: null, faults: [{ file, line: 1, problem, remedy }], bodyLine: 1, tokens: () => [], lineOf: () => 1 };
}

/**
 * Stands for a file that was read before and is the same: it is read again only for what is asked of its lines.
 * @param text the file's whole content
 */
export function recallEntry(text: string, { entry, bodyLine }: { entry: Entry; bodyLine: number }): ParsedEntry {
  let read: ParsedEntry | null = null;
  const again = (): ParsedEntry => {
    read ??= parseEntry(entry.file, text);
    return read;
  };
  return { entry, faults: [], bodyLine, tokens: () => again().tokens(), lineOf: (...path) => again().lineOf(...path) };
}

/** @throws what the libraries throw where they cannot read something at all */
function parseParts(file: string, text: string, match: RegExpExecArray): ParsedEntry {
  const lines = new LineCounter();
  const document = parseDocument(match[1] ?? '', { lineCounter: lines, uniqueKeys: true });
  const lineOf = (...path: (string | number)[]) => lineOfPath(document, lines, path);
  const syntaxFaults = document.errors.map((error) => ({
    file,
    line: lines.linePos(error.pos[0]).line + 1,
    problem: `The front matter is not valid YAML: ${error.message.split('\n')[0]}`,
    remedy: 'Quote the text if it contains ": " or starts with a special character',
  }));
  const nothing = { entry: null, bodyLine: 1, tokens: () => [], lineOf };
  if (syntaxFaults.length > 0) return { ...nothing, faults: syntaxFaults };

  const parsed = frontMatterSchema.safeParse(document.toJS());
  if (!parsed.success) return { ...nothing, faults: parsed.error.issues.map((issue) => toFault(file, issue, lineOf)) };

  const rest = text.slice(match[0].length);
  const body = rest.trim();
  const bodyLine = text.slice(0, match[0].length + rest.indexOf(body)).split('\n').length;
  const tooLong = checkLength(file, body, bodyLine);
  // What is too long is not looked into: it may be long enough to take minutes.
  if (tooLong.length > 0) return { ...nothing, faults: tooLong, bodyLine };
  const tokens = marked.lexer(body);
  const faults = checkBody(file, tokens, bodyLine);
  const entry = faults.length === 0 ? toEntry(file, body, parsed.data) : null;
  return { entry, faults, bodyLine, tokens: () => tokens, lineOf };
}

function toEntry(file: string, body: string, front: FrontMatter): Entry {
  const { claims, demo = null, figure = null, topic = null, checked = null, ...rest } = front;
  return {
    ...rest,
    phrasings: rest.asks,
    own: false,
    topic,
    demo,
    figure,
    checked,
    claims: toClaims(claims, demo),
    body,
    file,
  };
}

function toClaims(claims: FrontMatter['claims'], entryDemo: string | null): Entry['claims'] {
  return Object.entries(claims).map(([id, claim]) => {
    const {
      demo,
      needs = null,
      unprovable = null,
    } = 'demo' in claim || 'needs' in claim || 'unprovable' in claim ? claim : {};
    return { id, text: claim.text, demo: unprovable === null ? (demo ?? entryDemo) : null, needs, unprovable };
  });
}

function checkLength(file: string, body: string, line: number): Fault[] {
  if (body.length === 0) {
    return [
      {
        file,
        line,
        problem: 'The body is empty',
        remedy: 'Write the answer: first the short one, then why, then how to see it',
      },
    ];
  }
  if (body.length <= longestBody) return [];
  const problem = `The body has ${body.length} characters, more than ${longestBody}`;
  return [{ file, line, problem, remedy: 'Shorten it, or split it into two entries' }];
}

function toFault(file: string, issue: z.core.$ZodIssue, lineOf: ParsedEntry['lineOf']): Fault {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const at = path.length > 0 ? `"${path.join('.')}" ` : '';
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const remedy = 'Remove it, or correct its spelling; docs/writing-entries.md lists the fields';
    return { file, line: lineOf(...path, key), problem: `Unknown field "${[...path, key].join('.')}"`, remedy };
  }
  return {
    file,
    line: lineOf(...path),
    problem: `${at}${issue.message}`,
    remedy: 'Correct the field; docs/writing-entries.md shows one of each',
  };
}

function lineOfPath(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
    const node = pair ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line + 1;
  }
  return 1;
}
