import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readKnowledge } from '../../../src/knowledge/read-knowledge.ts';
import { createMatcher } from '../../../src/matching/create-matcher.ts';
import { editionKey } from '../../../src/matching/model/edition-key.ts';
import { learnInThread } from '../../../src/matching/model/learn-in-thread.ts';
import { type BookPlace, learnedBook } from '../../../src/matching/model/learned-book.ts';
import { readModel } from '../../../src/matching/model/model-folder.ts';
import { deferMatcher, openBook } from '../../../src/matching/model/open-book.ts';
import { temporaryFolder } from '../../engines/test-engine.ts';
import { entryOf } from '../entry-of.ts';

const kilobyte = 1024;
const isRoot = process.getuid?.() === 0;

const entry = (id: string, topic: string, title: string, body = 'A thing is a thing.'): string => `---
id: ${id}
title: ${title}
chapter: kitchen
topic: ${topic}
asks: [${title}, ${title.replace('?', ' please')}]
sources: [https://docs.docker.com/]
---
${body}
`;

/** A small book, told of what became of its model. */
async function kitchen() {
  const root = await temporaryFolder();
  const knowledge = join(root, 'knowledge');
  const models = join(root, 'models');
  const told: string[] = [];
  await mkdir(knowledge);
  await writeFile(join(knowledge, 'outline.yaml'), 'chapters: { kitchen: Kitchen }\nstatements: {}\ntopics: {}\n');
  await writeFile(join(knowledge, 'tea.md'), entry('tea', 'drinks', 'How do I brew docker tea?'));
  await writeFile(join(knowledge, 'cake.md'), entry('cake', 'food', 'How do I bake a docker cake?'));
  await writeFile(join(knowledge, 'soup.md'), entry('soup', 'soups', 'How do I cook a docker soup?'));
  await writeFile(join(knowledge, 'oven.md'), entry('oven', 'ovens', 'How do I heat a docker oven?'));
  const place: BookPlace = { folders: [knowledge], root, models: { path: models, tell: (line) => told.push(line) } };
  /** Asks anew, as the next process would. @returns the entry, and how long learning had taken before, if it had */
  const ask = async (question = 'how do I brew some tea in docker') => {
    const { matcher, edition } = await openBook(place);
    return { entry: matcher.match(question).entry, learnedIn: edition.learnedIn };
  };
  const modelFiles = async () => (await readdir(models)).map((name) => join(models, name));
  return { place, told, knowledge, models, ask, modelFiles };
}

/** A kitchen whose book is learned, and the file of its model. */
async function learnedKitchen() {
  const opened = await kitchen();
  await opened.ask();
  const [file = '', ...others] = await opened.modelFiles();
  expect(others).toEqual([]);
  return { ...opened, file, bytes: await readFile(file) };
}

describe('a book whose model is kept', () => {
  test('is learned once: whoever opens it next answers alike, and tells nothing', async () => {
    const { place, ask, told } = await kitchen();
    const before = await openBook(place);
    expect(before.edition).toMatchObject({ entries: 4, phrasings: 8, learnedIn: null });
    const match = before.matcher.match('how do I brew some tea in docker');
    const after = await openBook(place);
    expect(after.matcher.match('how do I brew some tea in docker')).toEqual(match);
    expect(after.entries).toEqual(before.entries);
    expect(after.entries.get('tea')?.phrasings).toEqual([
      'How do I brew docker tea?',
      'How do I brew docker tea please',
    ]);
    expect(after.outline).toEqual(before.outline);
    expect(after.edition).toEqual({ ...before.edition, learnedIn: expect.any(Number) });
    expect(await ask()).toMatchObject({ entry: 'tea', learnedIn: expect.any(Number) });
    expect(told).toEqual([]);
  });

  test('is another edition after any change of a file, one that leaves its size and time as they were too', async () => {
    const { place, knowledge } = await learnedKitchen();
    const before = await openBook(place);
    const file = join(knowledge, 'cake.md');
    const { atime, mtime } = await stat(file);
    await writeFile(file, entry('cake', 'food', 'How do I bake a docker cake?', 'A thing is a ring!!'));
    await utimes(file, atime, mtime);
    const after = await openBook(place);
    expect(after.edition.id).not.toBe(before.edition.id);
    expect(after.edition.learnedIn).toBeNull();
    expect(after.entries.get('cake')?.body).toBe('A thing is a ring!!');
  });

  test('leaves a bounded number of models behind when it changes often, the one in use among them', async () => {
    const { ask, knowledge, modelFiles, models } = await kitchen();
    await mkdir(models);
    const abandoned = join(models, 'dead.model.1.tmp');
    await writeFile(abandoned, 'half');
    await utimes(abandoned, 0, 0);
    for (let round = 0; round < 9; round++) {
      await writeFile(join(knowledge, 'cake.md'), entry('cake', 'food', `How do I bake docker cake ${round}?`));
      await ask();
    }
    expect(await modelFiles()).toHaveLength(6);
    expect(await modelFiles()).not.toContain(abandoned);
    expect((await ask()).learnedIn).not.toBeNull();
  });

  test('is learned by several at once without harm', async () => {
    const { place, ask, modelFiles, told } = await kitchen();
    const { signal } = new AbortController();
    const books = await Promise.all([1, 2, 3].map(() => learnInThread(place, [], signal)));
    for (const { matcher } of books) expect(matcher.match('brew docker tea').entry).toBe('tea');
    expect(await modelFiles()).toEqual([expect.stringMatching(/\.model$/)]);
    expect((await ask()).learnedIn).not.toBeNull();
    expect(told).toEqual([]);
  });
});

describe('a model that cannot be used', () => {
  type Kitchen = Awaited<ReturnType<typeof kitchen>>;

  /** Reads the model of the book as it is now, and expects that it is refused, with one line that says why. */
  function refuse({ place, told }: Kitchen, why: RegExp): (where?: string) => void {
    const key = editionKey(readKnowledge(place.folders), place.root);
    return (where = '') => {
      told.length = 0;
      const model = readModel(place.models, key, learnedBook);
      expect({ model, told }, where).toEqual({
        model: null,
        told: [expect.stringMatching(/^The learned model .* is not used: .*\. The book is learned again\.$/)],
      });
      expect(told[0], where).toMatch(why);
    };
  }

  /** Asks, and expects an answer, with no more than that one line, and a sound model after it. */
  async function expectMadeAgain(opened: Kitchen, where = '') {
    opened.told.length = 0;
    expect(await opened.ask(), where).toEqual({ entry: 'tea', learnedIn: null });
    expect(opened.told, where).toHaveLength(1);
    expect(await opened.ask(), where).toEqual({ entry: 'tea', learnedIn: expect.any(Number) });
    expect(opened.told, where).toHaveLength(1);
  }

  test('since it is cut, at whichever kilobyte, is made again', async () => {
    const opened = await learnedKitchen();
    const { file, bytes } = opened;
    const last = Math.floor((bytes.length - 1) / kilobyte);
    expect(last).toBeGreaterThan(500);
    const expectRefused = refuse(opened, /it is cut off/);
    for (let kilobytes = last; kilobytes >= 0; kilobytes--) {
      await truncate(file, kilobytes * kilobyte);
      expectRefused(`${kilobytes} KiB`);
    }
    for (const kilobytes of [0, 1, 100, last]) {
      await writeFile(file, bytes.subarray(0, kilobytes * kilobyte));
      await expectMadeAgain(opened, `${kilobytes} KiB`);
    }
  });

  test('since a bit is flipped, wherever it is, is made again', async () => {
    const opened = await learnedKitchen();
    const { file, bytes } = opened;
    const header = 320;
    const expectRefused = refuse(opened, /not a model of Dockproof|another version|cut off|length is wrong|checksum/);
    const spread = Array.from({ length: 100 }, (_, number) => Math.floor((number * bytes.length) / 100));
    for (const place of [...Array(header).keys(), ...spread]) {
      const flipped = Buffer.from(bytes);
      flipped[place] = (flipped[place] ?? 0) ^ (1 << (place % 8));
      await writeFile(file, flipped);
      expectRefused(`${place}`);
    }
    await expectMadeAgain(opened);
  });

  test.each([
    ['of another version', (bytes: Buffer) => bytes.writeUInt32LE(999, 16), /another version/],
    ['of another program', (bytes: Buffer) => bytes.write('SQLite format 3\0', 'latin1'), /not a model of Dockproof/],
  ])('since it is %s, is made again', async (_, change, why) => {
    const opened = await learnedKitchen();
    change(opened.bytes);
    await writeFile(opened.file, opened.bytes);
    refuse(opened, why)();
    await expectMadeAgain(opened);
  });

  test('since it was learned from another book, is made again', async () => {
    const opened = await learnedKitchen();
    await writeFile(join(opened.knowledge, 'cake.md'), entry('cake', 'food', 'How do I bake any docker cake?'));
    await opened.ask();
    const other = (await opened.modelFiles()).find((file) => file !== opened.file) ?? '';
    await copyFile(opened.file, other);
    refuse(opened, /learned from something else/)();
    await expectMadeAgain(opened);
  });

  test('since it cannot be read, costs no answer', async () => {
    const { ask, told, file } = await learnedKitchen();
    await rm(file);
    await mkdir(file);
    expect(await ask()).toEqual({ entry: 'tea', learnedIn: null });
    expect(told).toEqual([
      expect.stringMatching(/is not used: EISDIR.*learned again\.$/),
      expect.stringMatching(/cannot be kept: .*Answers work/),
    ]);
  });

  test('since there is no room to keep it, costs no answer', async () => {
    const { ask, told, models } = await kitchen();
    await mkdir(models);
    // Only root may make a disk that is full; for others the folder is one that they may not write to.
    if (isRoot) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', models]);
      onTestFinished(() => void execFileSync('umount', [models]));
    } else {
      await chmod(models, 0o500);
    }
    for (let round = 0; round < 2; round++) {
      told.length = 0;
      expect(await ask()).toEqual({ entry: 'tea', learnedIn: null });
      const reason = isRoot ? /cannot be kept: ENOSPC.* Answers work; / : /cannot be kept: EACCES.* Answers work; /;
      expect(told).toEqual([expect.stringMatching(reason)]);
    }
    expect(await readdir(models)).toEqual([]);
  });
});

const smallBook = [
  entryOf('volumes', 'volumes-basics', ['what is a docker volume?', 'how do I create a volume?']),
  entryOf('layers', 'image-layers', ['what is an image layer?', 'list the layers of an image']),
];

test('a deferred matcher is made when it is first asked, once', () => {
  let makings = 0;
  const matcher = deferMatcher(() => {
    makings += 1;
    return createMatcher(smallBook);
  });
  expect(makings).toBe(0);
  matcher.match('create a volume');
  matcher.terms('layers');
  matcher.matchFollowUp('and layers?', 'volumes');
  expect(makings).toBe(1);
});

test('a deferred matcher answers like one that was made at once', () => {
  const [deferred, made] = [deferMatcher(() => createMatcher(smallBook)), createMatcher(smallBook)];
  for (const question of ['create a volume', 'list the layers', 'what is the weather?', '']) {
    expect(deferred.match(question)).toEqual(made.match(question));
    expect(deferred.terms(question)).toEqual(made.terms(question));
    expect(deferred.matchFollowUp(question, 'volumes')).toEqual(made.matchFollowUp(question, 'volumes'));
  }
});
