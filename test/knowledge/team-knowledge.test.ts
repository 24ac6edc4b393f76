import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findDemos } from '../../src/demos/catalogue/find-demos.ts';
import { ideas, nameFigures } from '../../src/figures/find-figures.ts';
import { checkBook } from '../../src/knowledge/check-book.ts';
import { KnowledgeUnreadable, OutlineInvalid } from '../../src/knowledge/knowledge-error.ts';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { outlineOf } from '../../src/knowledge/outline.ts';
import { readKnowledge } from '../../src/knowledge/read-knowledge.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { openShippedBook } from '../matching/shared-models.ts';

const shipped = 'knowledge';
const example = 'docs/team-knowledge';

describe("a team's own knowledge", () => {
  test('the example folder is sound beside the shipped book, and answers', async () => {
    const book = await loadBook([shipped, example]);
    const outline = outlineOf(readKnowledge([shipped, example]));
    const demos = await findDemos(new URL('../../src/demos/', import.meta.url));
    const tested = new Map([...demos].map(([id, { claims }]) => [id, claims]));
    const named = { tested, figures: await nameFigures(ideas) };
    expect(checkBook(book, outline, named)).toEqual([]);
    const { matcher } = await openShippedBook(example);
    expect(matcher.match('where do our databases keep data?')).toMatchObject({
      outcome: 'answer',
      entry: 'where-our-databases-keep-data',
    });
  });

  test('its phrasings help people to find entries of its own and shipped ones', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'phrasings'));
    await writeFile(join(folder, 'phrasings/log-in-to-our-registry.txt'), 'the blue box wants a password\n');
    await writeFile(join(folder, 'phrasings/no-space-left.txt'), 'harbourmaster alarm 17\n');
    const { entries } = await loadBook([shipped, example, folder]);
    // Learning all of them would tell no more: who finds a question that is listed is not weighed.
    const few = [...entries.values()].filter(({ id, own }) => own || id === 'no-space-left');
    const matcher = createMatcher(few);
    expect(matcher.match('The blue box wants a password!').entry).toBe('log-in-to-our-registry');
    expect(matcher.match('harbourmaster alarm 17').entry).toBe('no-space-left');
  });

  test('its chapters come after the shipped ones, and shipped titles stay', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'outline.yaml'), 'chapters: { ours: Our platform, image: Stolen }\n');
    const outline = outlineOf(readKnowledge([shipped]));
    const { chapters } = outlineOf(readKnowledge([shipped, folder]));
    expect(Object.keys(chapters)).toEqual([...Object.keys(outline.chapters), 'ours']);
    expect(chapters).toMatchObject({ ...outline.chapters, ours: 'Our platform' });
  });

  test.each([
    ['an unknown part', 'statements: { one: Two }\n', /outline\.yaml: .*statements.*It may hold chapters: and topics:/],
    ['broken YAML', 'chapters: "open\n', /outline\.yaml: .*It may hold chapters: and topics:/],
  ])('an outline with %s is refused in words', async (_, text, words) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'outline.yaml'), text);
    const read = () => outlineOf(readKnowledge([shipped, folder]));
    expect(read).toThrow(OutlineInvalid);
    expect(read).toThrow(words);
  });

  test('an outline that cannot be read is an error, not nothing', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'outline.yaml'));
    expect(() => readKnowledge([shipped, folder])).toThrow(KnowledgeUnreadable);
  });
});
