import type { KnownBlock } from '@slack/types';
import type { Assistant } from '../../assistant/assistant.ts';
import type { GapCluster } from '../../assistant/open-questions.ts';
import { button, titleBlock } from '../blocks/elements.ts';
import { slackLimits } from '../blocks/limits.ts';
import { menu } from '../blocks/menu.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import { shorten } from '../blocks/slack-text.ts';
import { gapBlocks } from '../open-questions/gap-message.ts';
import { actionIds, numbered } from '../presses/action-ids.ts';
import type { Home } from '../transport/send-view.ts';

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

/**
 * The app's home: what it is, for admins the settings and what was left open, what was asked lately, the book by
 * chapter, the demos with a button each.
 */
export function homeView(assistant: Assistant, { lately, gaps, links }: HomeExtras): Home {
  const chapters = assistant.chapters().map(({ title, entries }, index) =>
    section(
      `${title}: ${entries.length} answers`,
      menu(
        numbered(actionIds.showEntry, index),
        'Pick a question',
        entries.map((entry) => ({ label: entry.title, value: entry.id })),
      ),
    ),
  );
  const demos = assistant
    .demos()
    .map(({ id, title }, index) => section(title, button(numbered(actionIds.runDemo, index), 'Run', id)));
  const blocks: KnownBlock[] = [
    titleBlock('Docker answers, with proof'),
    paragraph([
      literal('Write to me in the Messages tab, mention me in a channel, or use '),
      literal('/docker', { code: true }),
      literal('. I answer from a reviewed book, and prove the answer on a real engine.'),
    ]),
    ...(gaps === null ? [] : adminBlocks(assistant, gaps, links)),
    ...latelyBlocks(assistant, lately),
    titleBlock('The book'),
    ...chapters,
    titleBlock('Demos'),
    paragraph([literal('A demo runs in our direct messages and shows each step as it happens.')]),
    ...demos,
  ];
  return { type: 'home', blocks: blocks.slice(0, slackLimits.blocksPerView) };
}

function adminBlocks(assistant: Assistant, gaps: readonly GapCluster[], links: HomeExtras['links']): KnownBlock[] {
  return [
    titleBlock('For admins'),
    section('Who may do what, and where questions go', button(actionIds.settings, 'Settings', 'open')),
    paragraph([literal('What I could not answer', { bold: true })]),
    ...gapBlocks(gaps, { assistant, links, dismissible: gaps.length > 0 }, mostGaps),
  ];
}

/** The entries' own titles, never what people wrote: a question may have been asked where not everybody reads. */
function latelyBlocks(assistant: Assistant, lately: readonly string[]): KnownBlock[] {
  const rows = lately.flatMap((entry, index) => {
    const reply = assistant.show(entry);
    return reply ? [section(reply.title, button(numbered(actionIds.showEntry, index), 'Show', entry))] : [];
  });
  return rows.length === 0 ? [] : [titleBlock('Asked here lately'), ...rows];
}

function section(text: string, accessory: ReturnType<typeof menu> | ReturnType<typeof button>): KnownBlock {
  return {
    type: 'section',
    text: { type: 'plain_text', text: shorten(text, slackLimits.sectionText), emoji: false },
    accessory,
  };
}
