import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as baseTest, describe, expect, onTestFinished, vi } from 'vitest';
import { formatFault } from '../../src/knowledge/fault.ts';
import { type LoadedBook, loadBook } from '../../src/knowledge/load-book.ts';
import { watchBook } from '../../src/knowledge/watch-book.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

const entry = (id: string, title: string): string => `---
id: ${id}
title: ${title}
chapter: storage
topic: volumes-basics
asks: [${title}]
sources: [https://docs.docker.com/]
---
A thing is a thing.
`;

interface Watched {
  readonly folder: string;
  write(file: string, text: string): Promise<void>;
  /** The last book that the watch gave. */
  book(): LoadedBook;
  titles(): string[];
  /** Those of the first entry. */
  phrasings(): readonly string[] | undefined;
  readonly errors: unknown[];
}

const test = baseTest.extend<{ watched: Watched }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures that a fixture uses from this pattern.
  watched: async ({}, use) => {
    const folder = await temporaryFolder();
    const write = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text);
    await mkdir(join(folder, 'phrasings'));
    await write('first-thing.md', entry('first-thing', 'What is the first thing?'));
    let book = await loadBook([folder], folder);
    const errors: unknown[] = [];
    const stop = await watchBook({
      folders: [folder],
      read: () => loadBook([folder], folder, book),
      onBook: (changed) => {
        book = changed;
      },
      onError: (error) => errors.push(error),
    });
    onTestFinished(stop);
    const titles = (): string[] => [...book.entries.values()].map(({ title }) => title);
    const phrasings = () => book.entries.get('first-thing')?.phrasings;
    await use({ folder, write, book: () => book, titles, phrasings, errors });
  },
});

const soon = { timeout: 15_000, interval: 50 };

describe('a watched knowledge folder', () => {
  test('a new file is an entry a moment later', async ({ watched }) => {
    await watched.write('second-thing.md', entry('second-thing', 'What is the second thing?'));
    await vi.waitFor(
      () => expect(watched.titles()).toEqual(['What is the first thing?', 'What is the second thing?']),
      soon,
    );
  });

  test('a changed file changes its entry', async ({ watched }) => {
    await watched.write('first-thing.md', entry('first-thing', 'What is the very first thing?'));
    await vi.waitFor(() => expect(watched.titles()).toEqual(['What is the very first thing?']), soon);
  });

  test('a file of phrasings adds to its entry, and takes them away again; a faulty line of it does not count', async ({
    watched,
  }) => {
    const ask = 'What is the first thing?';
    await watched.write('phrasings/first-thing.txt', 'first thing?\n\nthe thing that comes first\n');
    await vi.waitFor(
      () => expect(watched.phrasings()).toEqual([ask, 'first thing?', 'the thing that comes first']),
      soon,
    );
    expect(watched.book().faults.map(formatFault)).toEqual([expect.stringMatching(/first-thing\.txt:2: A blank line/)]);
    await rm(join(watched.folder, 'phrasings/first-thing.txt'));
    await vi.waitFor(() => expect(watched.phrasings()).toEqual([ask]), soon);
  });

  test('a removed file takes its entry away', async ({ watched }) => {
    await rm(join(watched.folder, 'first-thing.md'));
    await vi.waitFor(() => expect(watched.titles()).toEqual([]), soon);
  });

  test('a file that becomes faulty is reported, and its last good version stays', async ({ watched }) => {
    await watched.write('first-thing.md', '---\nid: first-thing\ntitle: "open\n---\nText.\n');
    await vi.waitFor(
      () => expect(watched.book().faults.map(formatFault)).toEqual([expect.stringMatching(/first-thing\.md:/)]),
      soon,
    );
    expect(watched.titles()).toEqual(['What is the first thing?']);
    await watched.write('phrasings/first-thing.txt', 'first thing?\n');
    await vi.waitFor(() => expect(watched.phrasings()).toEqual(['What is the first thing?', 'first thing?']), soon);
    await watched.write('first-thing.md', entry('first-thing', 'What is the mended thing?'));
    await vi.waitFor(() => expect(watched.titles()).toEqual(['What is the mended thing?']), soon);
    expect(watched.book().faults).toEqual([]);
  });

  test('many changes at once end in the last state', async ({ watched }) => {
    for (let round = 0; round < 30; round++) {
      await watched.write('first-thing.md', entry('first-thing', `What is thing number ${round}?`));
    }
    await vi.waitFor(() => expect(watched.titles()).toEqual(['What is thing number 29?']), soon);
  });

  test('a folder that goes away is reported, and the book stays', async ({ watched }) => {
    await rm(watched.folder, { recursive: true });
    await vi.waitFor(
      () => expect(watched.errors.map(String)).toEqual([expect.stringMatching(/Cannot read the knowledge in/)]),
      soon,
    );
    expect(watched.titles()).toEqual(['What is the first thing?']);
  });

  test('a folder that is removed and made again is read again', async ({ watched }) => {
    await rm(watched.folder, { recursive: true });
    await vi.waitFor(() => expect(watched.errors).not.toEqual([]), soon);
    await mkdir(watched.folder);
    await watched.write('first-thing.md', entry('first-thing', 'What is the new thing?'));
    await vi.waitFor(() => expect(watched.titles()).toEqual(['What is the new thing?']), soon);
    await watched.write('first-thing.md', entry('first-thing', 'What is the newest thing?'));
    await vi.waitFor(() => expect(watched.titles()).toEqual(['What is the newest thing?']), soon);
  });
});
