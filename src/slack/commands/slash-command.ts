import type { Assistant } from '../../assistant/assistant.ts';
import type { Reply } from '../../assistant/reply.ts';
import { replyBlocks, replyMessages } from '../answers/reply-message.ts';
import { toBlocks } from '../blocks/markdown-blocks.ts';
import { menu } from '../blocks/menu.ts';
import { type SlackMessage, toMessages } from '../blocks/message.ts';
import { toPlainText } from '../blocks/plain-markdown.ts';
import { readText } from '../blocks/slack-text.ts';
import { type LookWish, readLookWish, readLookWords } from '../layers/look-wish.ts';
import { actionIds, numbered } from '../presses/action-ids.ts';

/** What `/docker …` asks for. */
export type CommandRequest =
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'show'; readonly messages: readonly SlackMessage[] }
  | { readonly type: 'gaps' }
  | { readonly type: 'look'; readonly wish: LookWish }
  | { readonly type: 'run' | 'predict'; readonly demo: string };

/** Words before a demo's id, and what they ask for. */
const demoWords = { demo: 'run', predict: 'predict' } as const;
type DemoWord = keyof typeof demoWords;

/**
 * Reads the words behind the command: `demo ID`, `predict ID`, either without the id, `layers IMAGE`, `topics`, `gaps`, `help`,
 * or a question.
 * @param command the command as the app's manifest names it, for help texts
 */
export function readSlashCommand(assistant: Assistant, command: string, words: string): CommandRequest {
  const text = readText(words);
  const [first = '', ...others] = text.toLowerCase().split(' ');
  const demo = others.join('-');
  if (isDemoWord(first) && assistant.demos().some(({ id }) => id === demo)) return { type: demoWords[first], demo };
  if (first === 'gaps' && others.length === 0) return { type: 'gaps' };
  const wish = readLookWish(text) ?? (first === 'layers' ? readLookWords(text.slice('layers'.length)) : null);
  if (wish !== null) return { type: 'look', wish };
  const page = pageFor(assistant, command, text, first, others);
  return page === null ? { type: 'ask', question: text } : { type: 'show', messages: page };
}

function isDemoWord(word: string): word is DemoWord {
  return Object.hasOwn(demoWords, word);
}

function pageFor(
  assistant: Assistant,
  command: string,
  text: string,
  first: string,
  others: readonly string[],
): SlackMessage[] | null {
  if (isDemoWord(first) && others.length <= 1) return demoList(assistant, command, first, others[0] ?? '');
  if (first === 'topics' && others.length === 0) return topicList(assistant, command);
  if (text === '' || (first === 'help' && others.length === 0)) return replyMessages(help(command));
  return null;
}

function demoList(assistant: Assistant, command: string, word: DemoWord, unknown: string): SlackMessage[] {
  const demos = assistant.demos();
  const what = {
    demo: `Each runs on a real engine and shows what it predicted and what happened. Pick one, or write \`${command} demo ID\`:`,
    predict: `Each asks what will happen before it runs on a real engine. Write \`${command} predict ID\` for all in the channel to guess, or pick one for yourself:`,
  };
  const lead = unknown === '' ? what[word] : 'There is no demo of that name. These are the demos:';
  const list = demos.map(({ id, title }) => `- ${title} (${id})`).join('\n');
  const reply = page('Demos', lead);
  const lines = demos.map(({ id, title }) => ({ label: title, value: id }));
  const pick =
    word === 'demo' ? menu(actionIds.runDemo, 'Run a demo', lines) : menu(actionIds.predict, 'Predict a demo', lines);
  // Before the list, which may be longer than a message.
  const menus = lines.length > 0 ? [{ type: 'actions' as const, elements: [pick] }] : [];
  const text = `${reply.title}\n${toPlainText(`${lead}\n\n${list}`)}`;
  return toMessages(text, [...replyBlocks(reply), ...menus, ...toBlocks(list)]);
}

function topicList(assistant: Assistant, command: string): SlackMessage[] {
  const chapters = assistant.chapters();
  const list = chapters.map(({ title, entries }) => `- **${title}** (${entries.length} answers)`).join('\n');
  const reply = page(
    'What the book covers',
    `${list}\n\nPick a question, or ask your own with \`${command} QUESTION\`.`,
  );
  const menus = chapters.map(({ title, entries }, index) =>
    menu(
      numbered(actionIds.showEntry, index),
      title,
      entries.map((entry) => ({ label: entry.title, value: entry.id })),
    ),
  );
  return toMessages(`${reply.title}\n${toPlainText(reply.markdown)}`, [
    ...replyBlocks(reply),
    ...menus.map((pick) => ({ type: 'actions' as const, elements: [pick] })),
  ]);
}

function help(command: string): Reply {
  return page(
    'What I can do',
    `I answer Docker questions from a reviewed book, and prove the answer with a demo on a real engine.

- \`${command} why is my database empty after the redeploy?\` answers only to you; **Share** shows it to the channel.
- Mention me in a channel, or write to me directly, for an answer in a thread.
- In the menu of any message, **Ask Dockproof** answers its question to you alone.
- \`${command} demo\` lists the demos, and \`${command} demo ID\` runs one here.
- \`${command} predict ID\` asks everybody here what a demo will show, and then runs it.
- \`${command} layers IMAGE\` shows what is in an image, layer by layer; \`${command} layers A B\` compares two.
- \`${command} topics\` shows what the book covers.

What I do not know I say, with the nearest topics.`,
  );
}

function page(title: string, markdown: string): Reply {
  return {
    kind: 'small-talk',
    title,
    markdown,
    short: markdown,
    more: '',
    sources: [],
    actions: [],
    entry: null,
    figure: null,
  };
}
