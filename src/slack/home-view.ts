import type { HomeView, KnownBlock } from '@slack/types';
import type { Assistant } from '../assistant/assistant.ts';
import { actionIds, numbered } from './action-ids.ts';
import { slackLimits } from './limits.ts';
import { menu } from './menu.ts';
import { button, titleBlock } from './reply-message.ts';
import { literal, paragraph } from './rich-text.ts';
import { shorten } from './slack-text.ts';

/** The app's home: what it is, the book by chapter, the demos with a button each. */
export function homeView(assistant: Assistant): HomeView {
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
    titleBlock('The book'),
    ...chapters,
    titleBlock('Demos'),
    paragraph([literal('A demo runs in our direct messages and shows each step as it happens.')]),
    ...demos,
  ];
  return { type: 'home', blocks: blocks.slice(0, slackLimits.blocksPerView) };
}

function section(text: string, accessory: ReturnType<typeof menu> | ReturnType<typeof button>): KnownBlock {
  return {
    type: 'section',
    text: { type: 'plain_text', text: shorten(text, slackLimits.sectionText), emoji: false },
    accessory,
  };
}
