import type { Assistant } from '../../assistant/assistant.ts';
import { AssistantError } from '../../assistant/assistant-error.ts';
import type { Asking, Said } from '../../assistant/conversations.ts';
import { plainMessage, type SlackMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { soon } from '../transport/soon.ts';
import { replyMessages } from './reply-message.ts';
import type { ReplyOptions } from './reply-options.ts';

/** What a bare mention is answered with. */
const helpQuestion = 'help';

/** A question that was answered; one that cannot be asked is answered with why. */
export interface Answered {
  readonly answer: Said | null;
  readonly messages: readonly SlackMessage[];
  /** The choices of which it is one, which still stand above it; left out where there are none. */
  readonly choices?: readonly string[];
}

/** How a question is answered. */
export interface AnswerOptions extends Omit<ReplyOptions, 'asked' | 'human'> {
  /** The entry shown before, which the question may go on from. */
  readonly previous?: string | null;
}

/** Answers a question for whoever asks; while the book is being learned for the first time, when that is done. */
export async function answerQuestion(
  parts: Needs<'assistant' | 'log' | 'ownTurn' | 'pictures'>,
  question: string,
  asking: Asking,
  { previous = null, ...options }: AnswerOptions = {},
): Promise<Answered> {
  await parts.assistant.ready();
  const human = (await settingsOf(parts, asking.team)).askHuman !== null;
  await parts.ownTurn();
  try {
    const answer = parts.assistant.ask(question === '' ? helpQuestion : question, previous);
    const asked = { question, event: asking.event };
    const picture = parts.pictures.ofFigure(asking.team, answer.reply.figure);
    return { answer, messages: replyMessages(answer.reply, { ...options, asked, human, picture }) };
  } catch (error) {
    if (error instanceof AssistantError) return { answer: null, messages: [plainMessage(`${error.message}.`)] };
    throw error;
  }
}

/** Keeps what the book could not answer privately, after the reply is out: a store in trouble costs no answer. */
export async function noteAnswered(
  { assistant, log }: Needs<'assistant' | 'log'>,
  { answer }: Answered,
  asking: Asking,
): Promise<void> {
  if (answer === null) return;
  try {
    await assistant.conversations.noteAnswered(answer, asking);
  } catch (error) {
    log.error({ error }, 'a gap could not be kept');
  }
}

/** Forgets that a question was left open, since one of its choices was taken. */
export function noteChosen(
  { assistant, log }: Needs<'assistant' | 'log'>,
  question: Omit<Asking, 'person'>,
): Promise<void> {
  const forgotten = assistant.conversations
    .noteChosen(question)
    .catch((error: unknown) => log.error({ error }, 'a gap could not be forgotten'));
  return soon(forgotten, undefined);
}

/** Shows an entry, or says that it is gone. */
export function entryMessages(assistant: Assistant, entry: string, options: ReplyOptions = {}): SlackMessage[] {
  const reply = assistant.show(entry);
  return reply
    ? replyMessages(reply, options)
    : [plainMessage('This answer is no longer in the book. Ask your question again.')];
}
