import type { Assistant } from '../../assistant/assistant.ts';
import type { Reply } from '../../assistant/reply.ts';
import { replyMessages } from '../answers/reply-message.ts';
import type { SlackMessage } from '../blocks/message.ts';
import { readText } from '../blocks/slack-text.ts';
import { homeLink } from '../home/home-link.ts';
import { type LookWish, readLookWish, readLookWords } from '../layers/look-wish.ts';
import { listMessage } from './list-message.ts';

/** What `/docker …` asks for. */
export type CommandRequest =
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'show'; readonly messages: readonly SlackMessage[] }
  | { readonly type: 'gaps' }
  | { readonly type: 'look'; readonly wish: LookWish }
  | { readonly type: 'run' | 'predict'; readonly demo: string };

/** Words before a demo's id, and what they ask for. */
const demoWords = { demo: 'run', predict: 'predict' } as const;
/** The demo that examples name, as long as it is there. */
const knownDemo = 'data-loss-on-replace';
type DemoWord = keyof typeof demoWords;

/**
 * Reads the words behind the command: `demo ID`, `predict ID`, `layers IMAGE`, each of them alone, `topics`, `gaps`, `help`,
 * or a question.
 * @param command the command as the app's manifest names it, for help texts
 * @param home the address of the app's home, which lists lead to; null where it is not known
 */
export function readSlashCommand(
  assistant: Assistant,
  command: string,
  words: string,
  home: string | null = null,
): CommandRequest {
  const text = readText(words);
  const [first = '', ...others] = text.toLowerCase().split(' ');
  const demo = others.join('-');
  if (isDemoWord(first) && assistant.demos().some(({ id }) => id === demo)) return { type: demoWords[first], demo };
  if (first === 'gaps' && others.length === 0) return { type: 'gaps' };
  const wish = readLookWish(text) ?? (first === 'layers' ? readLookWords(text.slice('layers'.length)) : null);
  if (wish !== null) return { type: 'look', wish };
  const page = pageFor(assistant, command, text, first, others);
  return page === null ? { type: 'ask', question: text } : { type: 'show', messages: page.map(leadingTo(home)) };
}

/** Adds the way to the app's home. */
function leadingTo(home: string | null): (message: SlackMessage) => SlackMessage {
  return ({ text, blocks }) => ({ text, blocks: home === null ? blocks : [...blocks, homeLink(home)] });
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
  if (isDemoWord(first) && others.length <= 1) return [demoList(assistant, command, first, others[0] ?? '')];
  if (first === 'topics' && others.length === 0) return [topicList(assistant, command)];
  if (first === 'layers' && others.length === 0) return replyMessages(layersHelp(command));
  if (text === '' || (first === 'help' && others.length === 0)) return replyMessages(help(command));
  return null;
}

function demoList(assistant: Assistant, command: string, word: DemoWord, unknown: string): SlackMessage {
  const ids = assistant.demos().map(({ id }) => id);
  const example = ids.find((id) => id === knownDemo) ?? ids[0] ?? 'ID';
  const what = {
    demo: `Each runs on a real engine and shows what it predicted and what happened. Pick one, or write its id, such as \`${command} demo ${example}\`.`,
    predict: `Each asks what will happen before it runs on a real engine. Write \`${command} predict ${example}\` for all in the channel to guess, or pick one for yourself.`,
  };
  const lead = unknown === '' ? what[word] : 'There is no demo of that name. These are the demos:';
  return listMessage(assistant, { kind: word, chapter: null }, lead);
}

function topicList(assistant: Assistant, command: string): SlackMessage {
  return listMessage(
    assistant,
    { kind: 'topics', chapter: null },
    `Ask your own question with \`${command} QUESTION\`.`,
  );
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
- \`${command} layers IMAGE\` shows what is in an image, layer by layer, and with \`files\` behind it what its files take; \`${command} layers A B\` compares two.
- \`${command} topics\` shows what the book covers.

What I do not know I say, with the nearest topics.`,
  );
}

function layersHelp(command: string): Reply {
  return page(
    'Name an image',
    `I show what is in it, layer by layer.

- \`${command} layers debian:12\` shows every layer with its size and what made it.
- \`${command} layers debian:12 files\` reads its files too: what is hidden, what is large.
- \`${command} layers debian:11 debian:12\` compares two images.`,
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
