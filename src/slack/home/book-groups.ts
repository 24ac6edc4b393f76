import type { Assistant } from '../../assistant/assistant.ts';
import { demosByChapter } from '../../assistant/demos-by-chapter.ts';
import type { MenuGroup } from '../blocks/menu.ts';

/** The questions of the book by chapter, for a menu. */
export function bookGroups(assistant: Pick<Assistant, 'chapters'>): MenuGroup[] {
  return assistant.chapters().map(({ title, entries }) => ({
    label: title,
    lines: entries.map((entry) => ({ label: entry.title, value: entry.id })),
  }));
}

/** The demos by chapter, for a menu, with the ids by which a command names them. */
export function demoGroups(assistant: Pick<Assistant, 'chapters' | 'demos'>): MenuGroup[] {
  return demosByChapter(assistant).map(({ title, demos }) => ({
    label: title,
    lines: demos.map((demo) => ({ label: demo.title, value: demo.id, note: demo.id })),
  }));
}

/** How many lines groups have together. */
export function countLines(groups: readonly MenuGroup[]): number {
  return groups.reduce((sum, { lines }) => sum + lines.length, 0);
}
