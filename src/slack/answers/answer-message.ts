import type { WebClient } from '@slack/web-api';
import type { Said } from '../../assistant/conversations.ts';
import type { Needs } from '../parts.ts';
import { expectRun } from '../runs/expect-run.ts';
import { type Posted, postAll } from '../transport/post.ts';
import { soon } from '../transport/soon.ts';
import type { Answered } from './answer.ts';
import { askingOf, type Question } from './question.ts';
import { noteOffered } from './talk-of.ts';

/** What is known of the thread of an answer. */
export interface AnswerPlace {
  /** The entry shown before, or that a look into an image leads to: what the thread is about where the answer shows none. */
  readonly previous: string | null;
  /** Who is in the conversation from now on; null leaves it as it is. */
  readonly people: readonly string[] | null;
}

/** Posts the answer to a message in its thread, and remembers what was answered by which messages. @throws the client's error */
export async function postAnswer(
  parts: Needs<'assistant' | 'log' | 'people' | 'recent'>,
  client: WebClient,
  question: Question,
  answered: Answered,
  { previous, people }: AnswerPlace,
): Promise<void> {
  const { channel, thread } = question;
  const asking = askingOf(question);
  const posted = await postAll(client, { channel, thread }, answered.messages);
  expectRun(parts, client, answered, asking);
  if (answered.answer !== null) noteOffered(parts, question, answered.choices ?? offeredIn(answered.answer));
  await keepAnswered(parts, question, answered, { posted, at: Date.now(), previous, people });
}

function offeredIn({ reply }: Said): readonly string[] {
  return reply.actions.flatMap((action) => (action.type === 'show-entry' ? [action.entry] : []));
}

/** The entry that was shown as the answer, if one was. */
export function entryOf({ answer }: Answered): string | null {
  return answer?.reply.kind === 'answer' ? answer.reply.entry : null;
}

/** What is known of an answer that is out, beside the question and what was answered. */
export interface PostedAs {
  readonly posted: readonly Posted[];
  /** When it was first answered, in milliseconds since 1970. */
  readonly at: number;
  readonly previous: string | null;
  /** Who is in the conversation from now on; null leaves it as it is. */
  readonly people: readonly string[] | null;
}

/**
 * Keeps what an answer is remembered by, in one go: which messages answered, what the thread is about, and what the book
 * lacks. What cannot be kept is told in the log; what cannot be kept soon holds nothing up.
 */
export async function keepAnswered(
  { assistant, log }: Needs<'assistant' | 'log'>,
  question: Question,
  { answer }: Answered,
  { posted, ...out }: PostedAs,
): Promise<void> {
  const messages = posted.map(({ ts }) => ts);
  const kept = assistant.conversations
    .keepAnswer({ ...question, ...out, answer, messages })
    .catch((error: unknown) =>
      log.error(
        { team: question.team, error },
        'an answer is not remembered: it follows no edit, its thread has no context, and it is not among what the book lacks',
      ),
    );
  await soon(kept, undefined);
}
