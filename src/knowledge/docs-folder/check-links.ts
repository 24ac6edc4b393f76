import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../fault.ts';
import type { LoadedBook } from '../load-book.ts';
import type { DocsPages } from './docs-pages.ts';

/** What came of comparing the book's links with Docker's documentation. */
export interface LinkReport {
  /** Links to what is not there. */
  readonly dead: readonly Fault[];
  /** Links that a redirect saves. */
  readonly moved: readonly Fault[];
  /** Links of which the folder cannot tell. */
  readonly undecided: readonly Fault[];
  readonly found: number;
  /** Links to other sites. */
  readonly elsewhere: number;
}

interface Link {
  readonly url: string;
  readonly file: string;
  readonly line: number;
}

type Verdict =
  | { readonly kind: 'found' }
  | { readonly kind: 'dead' | 'moved' | 'undecided'; readonly problem: string; readonly remedy: string };

const site = 'https://docs.docker.com';

/**
 * Compares every source and link of the book with Docker's documentation, pages and fragments.
 * @param root the folder that entries' files are relative to
 */
export async function checkLinks(book: LoadedBook, docs: DocsPages, root: string): Promise<LinkReport> {
  const report = { dead: [] as Fault[], moved: [] as Fault[], undecided: [] as Fault[], found: 0, elsewhere: 0 };
  for (const { url, file, line } of await linksOf(book, root)) {
    if (!url.startsWith(`${site}/`)) {
      report.elsewhere++;
      continue;
    }
    const verdict = judge(new URL(url), docs);
    if (verdict.kind === 'found') report.found++;
    else report[verdict.kind].push({ file, line, problem: `${url}: ${verdict.problem}`, remedy: verdict.remedy });
  }
  return report;
}

async function linksOf(book: LoadedBook, root: string): Promise<Link[]> {
  const links: Link[] = [];
  for (const { file, sources } of book.entries.values()) {
    const lines = (await readFile(join(root, file), 'utf8')).split('\n');
    for (const [index, text] of lines.entries()) {
      const source = /^\s*- *["']?(https:\/\/[^\s"']+)["']?\s*$/.exec(text)?.[1];
      if (source !== undefined && sources.includes(source)) links.push({ url: source, file, line: index + 1 });
      for (const [, url = ''] of text.matchAll(/\]\((https:\/\/[^)\s]+)\)/g))
        links.push({ url, file, line: index + 1 });
    }
  }
  return links;
}

function judge({ pathname, hash }: URL, docs: DocsPages): Verdict {
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const page = docs.pages.get(path);
  const fragment = decodeURIComponent(hash.slice(1));
  if (!page) return judgeMissing(path, docs);
  if (fragment === '' || page.anchors.has(fragment)) return { kind: 'found' };
  if (page.incomplete !== null)
    return {
      kind: 'undecided',
      problem: `"#${fragment}" is not in the file, but ${page.incomplete}`,
      remedy: 'Look at the page itself',
    };
  const near = [...page.anchors].filter((anchor) => alike(anchor, fragment));
  const remedy = near.length > 0 ? `Perhaps #${near.join(' or #')}` : 'Link to another heading, or to the page alone';
  return { kind: 'dead', problem: `the page has no "#${fragment}"`, remedy };
}

function judgeMissing(path: string, { moved, unknown }: DocsPages): Verdict {
  const target = moved.get(path);
  if (target !== undefined) {
    const address = target.startsWith('/') ? `${site}${target}` : target;
    return { kind: 'moved', problem: 'the page has moved', remedy: `Write ${address}` };
  }
  const reason = [...unknown].find(([start]) => path.startsWith(start))?.[1];
  if (reason !== undefined)
    return {
      kind: 'undecided',
      problem: `the folder does not show this page: ${reason}`,
      remedy: 'Look at the page itself',
    };
  return { kind: 'dead', problem: 'there is no such page', remedy: 'Link to the page that says it now' };
}

function alike(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one) || one.includes(other);
}
