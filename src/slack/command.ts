import type { Assistant } from '../assistant/assistant.ts';
import type { Reply } from '../assistant/reply.ts';
import { answerMessage } from './answer.ts';
import type { SlackMessage } from './message.ts';
import { replyMessage } from './reply-message.ts';
import { readText } from './slack-text.ts';

/** What `/docker …` asks for. */
export type CommandRequest =
  | { readonly type: 'answer'; readonly message: SlackMessage }
  | { readonly type: 'run'; readonly demo: string };

/** Demos that the list shows as buttons, at most; the others are listed by name. */
const mostButtons = 20;

/**
 * Reads the words behind the command: `demo ID`, `demo`, `topics`, `help`, or a question.
 * @param command the command as the app's manifest names it, for help texts
 */
export function readCommand(assistant: Assistant, command: string, words: string): CommandRequest {
  const text = readText(words);
  const [first = '', second = ''] = text.toLowerCase().split(' ');
  const plain = text.split(' ').length;
  if (first === 'demo' && plain <= 2) {
    const known = assistant.demos().some((demo) => demo.id === second);
    if (second !== '' && known) return { type: 'run', demo: second };
    return { type: 'answer', message: replyMessage(demoList(assistant, command, second)) };
  }
  if (first === 'topics' && plain === 1)
    return { type: 'answer', message: replyMessage(topicList(assistant, command)) };
  if ((first === 'help' && plain === 1) || text === '') return { type: 'answer', message: replyMessage(help(command)) };
  return { type: 'answer', message: answerMessage(assistant, text, { question: text, shareable: true }) };
}

function demoList(assistant: Assistant, command: string, unknown: string): Reply {
  const demos = assistant.demos();
  const known = demos.map((demo) => `- \`${command} demo ${demo.id}\` — ${demo.title}`).join('\n');
  const lead =
    unknown === ''
      ? 'Each runs on a real engine and shows what it predicted and what happened.'
      : 'There is no demo of that name. These are the demos:';
  return {
    ...empty('Demos', `${lead}\n\n${known}`),
    actions: demos.slice(0, mostButtons).map((demo) => ({ type: 'run-demo', demo: demo.id, label: demo.title })),
  };
}

function topicList(assistant: Assistant, command: string): Reply {
  const chapters = assistant
    .chapters()
    .map(
      (chapter) =>
        `- **${chapter.title}** (${chapter.entries.length} answers), for example: ${chapter.entries[0]?.title ?? ''}`,
    );
  return empty('What the book covers', `${chapters.join('\n')}\n\nAsk with \`${command} your question\`.`);
}

function help(command: string): Reply {
  return empty(
    'What I can do',
    `I answer Docker questions from a reviewed book, and prove the answer with a demo on a real engine.

- \`${command} why is my database empty after the redeploy?\` answers only to you; **Share** shows it to the channel.
- Mention me in a channel, or write to me directly, for an answer in a thread.
- \`${command} demo\` lists the demos, \`${command} topics\` what the book covers.

What I do not know I say, with the nearest topics.`,
  );
}

function empty(title: string, markdown: string): Reply {
  return { kind: 'small-talk', title, markdown, sources: [], actions: [], entry: null };
}
