import type { InputBlock, KnownBlock } from '@slack/types';
import type { Assistant } from '../../assistant/assistant.ts';
import type { GapCluster } from '../../assistant/open-questions.ts';
import { button, plainElement, titleBlock } from '../blocks/elements.ts';
import { slackLimits } from '../blocks/limits.ts';
import { groupedMenu, type MenuGroup, menu } from '../blocks/menu.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import type { Prompt } from '../install/read-manifest.ts';
import { gapBlocks } from '../open-questions/gap-message.ts';
import { type ActionId, actionIds, numbered } from '../presses/action-ids.ts';
import type { Home } from '../transport/send-view.ts';
import { bookGroups, countLines, demoGroups } from './book-groups.ts';

/** What the home shows beside the book. */
export interface HomeExtras {
  /** Entries that were shown lately, latest first. */
  readonly lately: readonly string[];
  /** What was left open, for admins; null for others. */
  readonly gaps: readonly GapCluster[] | null;
  /** Where those questions stand, by their groups' ids. */
  readonly links: ReadonlyMap<string, string>;
}

/** Groups of open questions that the home shows; the command shows more. */
export const mostGaps = 5;
/** Questions that the home suggests. */
const mostPrompts = 3;
/** Characters of a question in the search box. */
const longestSearch = 1000;

/**
 * The app's home: what it is, a search box with questions to begin with, what was asked lately, the book and the demos
 * behind a menu each, and for admins the settings and what was left open.
 */
export function homeView(assistant: Assistant, prompts: readonly Prompt[], { lately, gaps, links }: HomeExtras): Home {
  const blocks: KnownBlock[] = [
    titleBlock('Docker answers, with proof'),
    paragraph([
      literal('Ask here, write to me in the Messages tab, mention me in a channel, or use '),
      literal('/docker', { code: true }),
      literal('. I answer from a reviewed book, and prove the answer on a real engine.'),
    ]),
    searchBlock(),
    ...promptBlocks(prompts),
    ...latelyBlocks(assistant, lately),
    ...menuBlocks('The book', 'answers by chapter', bookGroups(assistant), actionIds.showEntry, 'Pick a question'),
    ...menuBlocks('Demos', 'demos by chapter', demoGroups(assistant), actionIds.runDemo, 'Run a demo'),
    paragraph([literal('A demo runs in our direct messages and shows each step as it happens.')]),
    ...(gaps === null ? [] : adminBlocks(assistant, gaps, links)),
  ];
  return { type: 'home', blocks: blocks.slice(0, slackLimits.blocksPerView) };
}

/** Enter sends it: a home has no button that does. */
function searchBlock(): InputBlock {
  return {
    type: 'input',
    dispatch_action: true,
    label: plainElement('Ask the book'),
    element: {
      type: 'plain_text_input',
      action_id: actionIds.searchBook,
      max_length: longestSearch,
      placeholder: plainElement('Why is my database empty after I redeployed?'),
    },
  };
}

function promptBlocks(prompts: readonly Prompt[]): KnownBlock[] {
  const buttons = prompts
    .slice(0, mostPrompts)
    .map(({ title, message }, index) => button(numbered(actionIds.askPrompt, index), title, message));
  return buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons }];
}

/** The entries' own titles, never what people wrote: a question may have been asked where not everybody reads. */
function latelyBlocks(assistant: Assistant, lately: readonly string[]): KnownBlock[] {
  const lines = lately.flatMap((entry) => {
    const reply = assistant.show(entry);
    return reply ? [{ label: reply.title, value: entry }] : [];
  });
  if (lines.length === 0) return [];
  const list = lines.map(({ label }) => ({ type: 'rich_text_section' as const, elements: [literal(label)] }));
  return [
    titleBlock('Asked here lately'),
    { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements: list }] },
    { type: 'actions', elements: [menu(numbered(actionIds.showEntry, 1), 'Show an answer', lines)] },
  ];
}

/** A part of the book behind one menu. */
function menuBlocks(
  title: string,
  what: string,
  groups: readonly MenuGroup[],
  action: ActionId,
  pick: string,
): KnownBlock[] {
  const accessory = groupedMenu(action, pick, groups);
  if (accessory === null) return [];
  return [titleBlock(title), { type: 'section', text: plainElement(`${countLines(groups)} ${what}`), accessory }];
}

function adminBlocks(assistant: Assistant, gaps: readonly GapCluster[], links: HomeExtras['links']): KnownBlock[] {
  return [
    titleBlock('For admins'),
    {
      type: 'section',
      text: plainElement('Who may do what, and where questions go'),
      accessory: button(actionIds.settings, 'Settings', 'open'),
    },
    paragraph([literal('What I could not answer', { bold: true })]),
    ...gapBlocks(gaps, { assistant, links, dismissible: gaps.length > 0 }, mostGaps),
  ];
}
