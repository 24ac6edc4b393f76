import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBook } from '../../src/knowledge/check-book.ts';
import { formatFault } from '../../src/knowledge/fault.ts';
import { KnowledgeUnreadable } from '../../src/knowledge/knowledge-error.ts';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

const outline = {
  chapters: { storage: 'Storage' },
  statements: { 'storage-1': 'Named only' },
  topics: { 'volumes-basics': 'Volumes' },
};
const tested = new Map([['some-demo', ['some-claim']]]);

const sound = {
  id: 'some-entry',
  title: 'What is a thing?',
  chapter: 'storage',
  topic: 'volumes-basics',
  covers: '[storage-1]',
  asks: '[what is a thing?]',
  claims: '{ some-claim: A thing that can be shown. }',
  demo: 'some-demo',
  sources: '[https://docs.docker.com/]',
};

function entry(changes: Record<string, string | null> = {}, body = 'A thing is a thing.'): string {
  const fields = Object.entries({ ...sound, ...changes }).flatMap(([key, value]) =>
    value === null ? [] : [`${key}: ${value}`],
  );
  return `---\n${fields.join('\n')}\n---\n${body}\n`;
}

async function faultsOf(files: Record<string, string>): Promise<string[]> {
  const folder = await temporaryFolder();
  for (const part of ['storage', 'phrasings']) await mkdir(join(folder, part));
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, name.endsWith('.md') ? 'storage' : 'phrasings', name), text);
  const named = { tested, figures: new Set(['layers']) };
  return checkBook(await loadBook([folder], folder), outline, named).map(formatFault);
}

describe('check', () => {
  test('finds nothing in a sound book', async () => {
    expect(await faultsOf({ 'some-entry.md': entry() })).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ['a missing front matter', 'Just text.', /some-entry\.md:1: The front matter is missing\. Start the file/],
    ['broken YAML', entry({ title: '"open' }), /not valid YAML.*Quote the text/],
    ['an unknown field', entry({ colour: 'blue' }), /:11: Unknown field "colour"\. Remove it/],
    [
      'an id that is not the name of the file',
      entry({ id: 'other-entry' }),
      /:2: The id "other-entry" is not the file's name\. Rename/,
    ],
    ['an unknown chapter', entry({ chapter: 'cooking' }), /:4: There is no chapter "cooking"\. Use one of: storage/],
    ['an unknown topic', entry({ topic: 'cooking' }), /:5: There is no topic "cooking"/],
    ['a missing topic', entry({ topic: null }), /"topic" needs a topic/],
    ['an unknown statement', entry({ covers: '[storage-9]' }), /:6: There is no statement "storage-9"/],
    ['a dead related entry', entry({ related: '[nobody]' }), /The related entry "nobody" does not exist/],
    [
      'too many asks',
      entry({ asks: JSON.stringify(Array.from({ length: 13 }, (_, at) => `what is thing ${at}?`)) }),
      /:7: "asks" has more than 12: move the rest to phrasings/,
    ],
    ['missing sources', entry({ sources: '[]' }), /:10: "sources" needs at least one source/],
    ['a source that is no link', entry({ sources: '[a book]' }), /"sources\.0" /],
    ['an unknown demo', entry({ demo: 'no-demo' }), /There is no demo "no-demo"/],
    [
      'a claim that nothing tests',
      entry({ demo: null }),
      /Nothing tests the claim "some-claim"\. Name its demo, or say why/,
    ],
    [
      'a claim that its demo does not test',
      entry({ claims: '{ new-claim: A thing that can be shown. }' }),
      /does not test the claim "new-claim"/,
    ],
    ['an empty body', entry({}, ''), /The body is empty/],
    ['a body that is too long', entry({}, 'a '.repeat(1300)), /more than 2500/],
    ['a heading of another level', entry({}, '# Big'), /A heading of level 1\. Use ##/],
    ['HTML', entry({}, 'Some <b>bold</b> text'), /HTML \(<b>\) is not allowed/],
    ['an image', entry({}, '![x](https://a.test/x.png)'), /image is not allowed/],
    ['a plain quotation', entry({}, '> said'), /A plain quotation/],
    ['a link that is not https', entry({}, '[x](javascript:alert)'), /A link to "javascript:alert"/],
  ])('tells of %s, with the line and what to do', async (_, text, expected) => {
    expect((await faultsOf({ 'some-entry.md': text })).join('\n')).toMatch(expected);
  });

  test('tells of a question that two entries ask, and of an id and a claim that are taken', async () => {
    const faults = (await faultsOf({ 'a-entry.md': entry({ id: 'a-entry' }), 'some-entry.md': entry() })).join('\n');
    expect(faults).toMatch(/"what is a thing\?" is also asked in storage\/a-entry\.md/);
    expect(faults).toMatch(/The claim id "some-claim" is taken by storage\/a-entry\.md/);
    expect((await faultsOf({ 'a.md': entry(), 'some-entry.md': entry() })).join('\n')).toMatch(
      /The id "some-entry" is taken by storage\/a\.md/,
    );
  });

  test.each<[string, string, string]>([
    [
      'a blank line',
      'what are things?\n\nwhich things are there?\n',
      '2: A blank line. Remove it: every line is one way to ask',
    ],
    ['one that is too short', 'x\n', '1: "x" is too short to be a question. Write it out, or remove the line'],
    [
      'one that is too long',
      `${'a'.repeat(301)}\n`,
      '1: The phrasing has 301 characters, more than 300. Keep the part that tells what is asked, for example the first line of an error',
    ],
    [
      'one that the entry asks',
      'why?\nWhat is a thing\n',
      '2: "What is a thing" is also asked in storage/some-entry.md. Keep it once, for the entry that answers it best',
    ],
    [
      'one that stands twice',
      'why?\nWhy\n',
      '2: "Why" is also asked in phrasings/some-entry.txt. Keep it once, for the entry that answers it best',
    ],
  ])('tells of phrasings with %s', async (_, text, expected) => {
    const faults = await faultsOf({ 'some-entry.md': entry(), 'some-entry.txt': text });
    expect(faults).toEqual([`phrasings/some-entry.txt:${expected}`]);
  });

  test('tells of a phrasing that another entry has, and of phrasings for no entry', async () => {
    const other = entry({ id: 'other-entry', asks: '[how do ports work?]', claims: null, demo: null });
    const book = { 'some-entry.md': entry(), 'other-entry.md': other, 'other-entry.txt': 'What is a thing\n' };
    expect(await faultsOf(book)).toEqual([
      expect.stringMatching(
        /^phrasings\/other-entry\.txt:1: "What is a thing" is also asked in storage\/some-entry\.md/,
      ),
    ]);
    expect(await faultsOf({ 'some-entry.md': entry(), 'nobody.txt': 'why?\n' })).toEqual([
      'phrasings/nobody.txt:1: There is no entry "nobody" that these phrasings belong to. Name the file after its entry\'s id, or remove it',
    ]);
  });

  test('takes phrasings with Windows line ends, and without an end of the last line', async () => {
    for (const text of ['why?\r\nwhich things are there?\r\n', '\ufeffwhy?\nwhich things are there?'])
      expect(await faultsOf({ 'some-entry.md': entry(), 'some-entry.txt': text })).toEqual([]);
  });

  test('does not blame phrasings for the fault of their entry', async () => {
    const faults = await faultsOf({ 'some-entry.md': 'Just text.', 'some-entry.txt': 'why?\n' });
    expect(faults.filter((fault) => fault.startsWith('phrasings/'))).toEqual([]);
  });

  test('tells of a demo that tests a claim which no entry makes', async () => {
    const faults = await faultsOf({ 'some-entry.md': entry({ claims: null }) });
    expect(faults.join('\n')).toMatch(
      /src\/demos\/some-demo\.ts:1: It tests the claim "some-claim", which no entry makes/,
    );
  });

  test('takes a signpost without topic and claims', async () => {
    const signpost = entry({
      id: 'sign',
      signpost: 'true',
      topic: null,
      claims: null,
      demo: null,
      covers: null,
      asks: '[how do ports work?]',
    });
    expect(await faultsOf({ 'some-entry.md': entry(), 'sign.md': signpost })).toEqual([]);
  });
});

test('a folder that is not there is told by its name', async () => {
  await expect(loadBook(['/nowhere/at/all'])).rejects.toThrow(KnowledgeUnreadable);
  await expect(loadBook(['/nowhere/at/all'])).rejects.toThrow(/Cannot read the knowledge in \/nowhere\/at\/all/);
});
