import { expect, test } from 'vitest';
import { assemble } from '../../src/assemble.ts';
import { demosByChapter } from '../../src/assistant/demos-by-chapter.ts';
import { readConfig } from '../../src/config.ts';

test('every demo stands in one chapter, that of an entry that offers it', async () => {
  const { assistant } = await assemble(readConfig({}), {});
  const chapters = demosByChapter(assistant);
  const ids = chapters.flatMap(({ demos }) => demos.map(({ id }) => id));
  expect(ids.toSorted()).toEqual(
    assistant
      .demos()
      .map(({ id }) => id)
      .toSorted(),
  );
  for (const { title, entries } of assistant.chapters())
    for (const demo of chapters.find((chapter) => chapter.title === title)?.demos ?? [])
      expect(entries.map((entry) => entry.demo)).toContain(demo.id);
});

test('a demo that no entry offers stands last', () => {
  const demo = { id: 'lonely', title: 'Lonely', question: { text: '', options: [], right: 0 }, steps: [], claims: [] };
  expect(demosByChapter({ chapters: () => [], demos: () => [demo] })).toEqual([
    { title: 'Further demos', demos: [demo] },
  ]);
});
