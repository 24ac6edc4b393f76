import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBook } from '../../src/knowledge/check-book.ts';
import { formatFault } from '../../src/knowledge/fault.ts';
import { KnowledgeUnreadable, loadBook } from '../../src/knowledge/load-book.ts';
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
  await mkdir(join(folder, 'storage'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'storage', name), text);
  return checkBook(await loadBook([folder], folder), outline, tested).map(formatFault);
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
