import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { Assistant } from '../../assistant/assistant.ts';
import { titleBlock } from '../blocks/elements.ts';
import { slackLimits } from '../blocks/limits.ts';
import { toBlocks } from '../blocks/markdown-blocks.ts';
import { groupedMenu, type MenuGroup, menu } from '../blocks/menu.ts';
import { type SlackMessage, toMessage } from '../blocks/message.ts';
import { toPlainText } from '../blocks/plain-markdown.ts';
import { bookGroups, countLines, demoGroups } from '../home/book-groups.ts';
import { type ActionId, actionIds } from '../presses/action-ids.ts';

/** What is listed, and what picking a line does. */
const lists = {
  topics: { title: 'What the book covers', what: 'answers', pick: 'Pick a question', action: actionIds.showEntry },
  demo: { title: 'Demos', what: 'demos', pick: 'Run a demo', action: actionIds.runDemo },
  predict: { title: 'Demos', what: 'demos', pick: 'Predict a demo', action: actionIds.predict },
} as const satisfies Record<string, { title: string; what: string; pick: string; action: ActionId }>;

/** A list of the book: its questions, its demos to run, or its demos to predict. */
export type ListKind = keyof typeof lists;

/** Which list stands in a message, and the chapter that was picked in it. */
export interface ListPlace {
  readonly kind: ListKind;
  /** Its place among the chapters, from 0; null before one is picked. */
  readonly chapter: number | null;
}

/** Writes a chapter of a list as a menu's value. */
function writePlace(kind: ListKind, chapter: number): string {
  return `${kind} ${chapter}`;
}

/** Reads which chapter of a list was picked. @returns null for none of this version */
export function readPlace(value: string): ListPlace | null {
  const [kind = '', chapter = ''] = value.split(' ');
  return isList(kind) && /^\d{1,3}$/.test(chapter) ? { kind, chapter: Number(chapter) } : null;
}

function isList(kind: string): kind is ListKind {
  return Object.hasOwn(lists, kind);
}

/**
 * Shows a list in one short message: all lines behind one menu by chapter, or where a message has no room for so many,
 * the chapters behind one menu and the lines of the picked one behind another.
 * @param lead Markdown, said before a chapter is picked
 */
export function listMessage(
  assistant: Pick<Assistant, 'chapters' | 'demos'>,
  { kind, chapter }: ListPlace,
  lead = '',
): SlackMessage {
  const { title, what } = lists[kind];
  const groups = kind === 'topics' ? bookGroups(assistant) : demoGroups(assistant);
  const picked = chapter === null ? undefined : groups[chapter];
  const counts = groups.map(({ label, lines }) => `- ${label} (${lines.length})`).join('\n');
  const markdown =
    picked === undefined
      ? [lead, `**${countLines(groups)} ${what} by chapter**\n\n${counts}`].filter((part) => part !== '').join('\n\n')
      : `**${picked.label}** (${picked.lines.length} ${what})`;
  const head: KnownBlock[] = [titleBlock(title), ...toBlocks(markdown)];
  return toMessage(`${title}\n${toPlainText(markdown)}`, [...head, ...menuBlocks(kind, groups, picked, head)]);
}

function menuBlocks(
  kind: ListKind,
  groups: readonly MenuGroup[],
  picked: MenuGroup | undefined,
  head: readonly KnownBlock[],
): ActionsBlock[] {
  const { pick, action } = lists[kind];
  const all = groupedMenu(action, pick, groups);
  if (all === null) return [];
  if (JSON.stringify([...head, all]).length <= slackLimits.blocksJson) return [{ type: 'actions', elements: [all] }];
  const chapters = menu(
    actionIds.chooseChapter,
    picked === undefined ? 'Pick a chapter' : 'Another chapter',
    groups.map(({ label }, index) => ({ label, value: writePlace(kind, index) })),
  );
  const lines = picked === undefined ? [] : [menu(action, pick, picked.lines)];
  return [{ type: 'actions', elements: [...lines, chapters] }];
}
