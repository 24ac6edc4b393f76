import type { WebClient } from '@slack/web-api';
import type { Asking } from '../assistant/note-gap.ts';
import type { Answer } from '../assistant/reply.ts';
import { type Answered, answerQuestion, noteAnswered } from './answer.ts';
import { type Posted, postAll } from './post.ts';
import type { SurfaceParts } from './slack-surface.ts';
import { rememberThread } from './thread-memory.ts';

/** A message that asks. */
export interface Question {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  readonly ts: string;
  readonly thread: string;
  readonly text: string;
}

/** How a question is answered. */
export interface AnswerWishes {
  /** The entry shown before, which the question may go on from. */
  readonly previous: string | null;
  /** Who is in the conversation from now on; null leaves it as it is. */
  readonly people: readonly string[] | null;
  /** Whether to answer at all. */
  readonly wanted: (answer: Answer) => boolean;
}

/** Names a question to the store. */
export function askingOf({ team, channel, user, ts }: Omit<Question, 'thread' | 'text'>): Asking {
  return { team, place: channel, person: user, event: ts };
}

/** Answers a message in its thread, and remembers what was answered by which messages. @throws the client's error */
export async function postAnswer(
  parts: SurfaceParts,
  client: WebClient,
  question: Question,
  { previous, people, wanted }: AnswerWishes,
): Promise<void> {
  const { team, channel, thread, ts, text } = question;
  const asking = askingOf(question);
  const answered = await answerQuestion(parts, text, asking, { previous });
  if (answered.answer !== null && !wanted(answered.answer)) return;
  const posted = await postAll(client, { channel, thread }, answered.messages);
  const entry = entryOf(answered) ?? previous;
  rememberThread(parts, { team, channel, thread }, { entry, asker: question.user, people });
  rememberPosted(parts, { team, channel, questionTs: ts, question: text, at: Date.now() }, posted);
  noteAnswered(parts, answered, asking);
}

/** The entry that was shown as the answer, if one was. */
export function entryOf({ answer }: Answered): string | null {
  return answer?.reply.kind === 'answer' ? answer.reply.entry : null;
}

/** Remembers which messages answered a question, so that they can follow it. */
export function rememberPosted(
  { store, log }: SurfaceParts,
  question: Omit<Parameters<SurfaceParts['store']['answers']['put']>[0], 'answers'>,
  posted: readonly Posted[],
): void {
  try {
    store.answers.put({ ...question, answers: posted.map(({ ts }) => ts) });
  } catch (error) {
    log.error({ error: String(error) }, 'which message answered could not be remembered');
  }
}
