import type { Assistant, DemoSummary } from './assistant.ts';

/** The demos that prove the answers of one chapter. */
export interface DemoChapter {
  readonly title: string;
  readonly demos: readonly DemoSummary[];
}

/** Where demos stand that no entry names. */
const elsewhere = 'Further demos';

/** The demos by the chapter of the entry that offers them first, chapters and demos in the order of the book. */
export function demosByChapter({ chapters, demos }: Pick<Assistant, 'chapters' | 'demos'>): DemoChapter[] {
  const left = new Map(demos().map((demo) => [demo.id, demo]));
  const grouped = chapters().map(({ title, entries }): DemoChapter => {
    const own = entries.flatMap(({ demo: id }) => {
      const demo = id === null ? undefined : left.get(id);
      if (demo) left.delete(demo.id);
      return demo ?? [];
    });
    return { title, demos: own };
  });
  return [...grouped, { title: elsewhere, demos: [...left.values()] }].filter((chapter) => chapter.demos.length > 0);
}
