import type { WebClient } from '@slack/web-api';
import type { PostedAnswer } from '../../assistant/conversations.ts';
import { plainMessage, type SlackMessage } from '../blocks/message.ts';
import { answerLook } from '../layers/answer-look.ts';
import { readLookWish } from '../layers/look-wish.ts';
import { takeBackHelp } from '../open-questions/take-back.ts';
import type { Needs } from '../parts.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { editOrPost, type Posted, post, remove } from '../transport/post.ts';
import { type Answered, noteChosen } from './answer.ts';
import { entryOf, keepAnswered } from './answer-message.ts';
import { hear } from './hear.ts';
import type { Asked, Deleted, Edited } from './incoming.ts';
import { askingOf } from './question.ts';
import { type TalkParts, talkOf } from './talk-of.ts';
import { recallThread } from './thread-memory.ts';

type EditParts = TalkParts & Needs<'people' | 'ownTurn' | 'pictures'>;

/**
 * Lets an answer follow an edit of its question, in place. A change that leaves the words as they are, such as an
 * unfolded link, is none. The answer goes where the question is taken back, and where nobody asks the bot any more and the
 * answer is not sure. What an edit asks to be done is not done: that has to be said.
 * @param own the bot's user id
 * @throws StoreUnavailable, or the client's error
 */
export async function followEdit(
  parts: EditParts,
  runs: Pick<DemoRuns, 'stopAt'>,
  client: WebClient,
  edited: Edited | Asked,
  own: string,
): Promise<void> {
  const { team, channel, ts, thread, user, text } = edited;
  const toBot = edited.type === 'asked' || edited.toBot;
  const { conversations } = parts.assistant;
  const known = await conversations.edited({ team, channel, ts }, text);
  if (known === null) return;
  const asking = askingOf({ team, channel, user, ts });
  const memory = thread === ts ? null : await recallThread(parts, { team, channel, thread });
  const previous = memory?.entry ?? null;
  const wish = toBot ? readLookWish(text) : null;
  const looked = wish === null ? null : await answerLook(parts, client, wish, asking, 'short');
  const question = { team, channel, thread, ts, user, text };
  const ask = async (): Promise<Answered> => {
    if (looked !== null) return { answer: null, messages: looked.messages };
    const talk = await talkOf(parts, client, question, memory, own);
    const understood = await hear(parts, question, { ...talk, entry: previous });
    return understood.type === 'said' ? understood.answered : undone;
  };
  const answered = conversations.isTakenBack(text) ? nothing : await ask();
  await noteChosen(parts, asking);
  const kept = answered !== nothing && (toBot || entryOf(answered) !== null);
  if (!kept) {
    await takeBackHelp(parts, client, { team, channel, ts }, known.answers);
    await withdraw(parts, runs, client, known);
  }
  const posted = kept ? await replace(client, { channel, thread }, known.answers, answered.messages) : [];
  // What is taken back may be asked again by the next edit.
  await keepAnswered(parts, question, kept ? answered : nothing, {
    posted,
    at: known.at,
    previous: looked?.entry ?? previous,
    people: null,
  });
}

/** What an edit is answered with that asks for something to be done. */
const undone: Answered = {
  answer: null,
  messages: [plainMessage('An edit starts nothing. Write it as a message of its own, and I do it.')],
};

/** What a question is answered with that is none. */
const nothing: Answered = { answer: null, messages: [] };

/** Takes an answer away with its question, and its demo with it. @throws StoreUnavailable, or the client's error */
export async function followDeletion(
  parts: Needs<'assistant' | 'log'>,
  runs: Pick<DemoRuns, 'stopAt'>,
  client: WebClient,
  deleted: Deleted,
): Promise<void> {
  const { team, channel, ts } = deleted;
  await noteChosen(parts, { team, place: channel, event: ts });
  const known = await parts.assistant.conversations.deleted({ team, channel, ts });
  await takeBackHelp(parts, client, { team, channel, ts }, known?.answers ?? []);
  if (known !== null) await withdraw(parts, runs, client, known);
}

/** What stands there because of the answer goes first, the demo that runs too. */
async function withdraw(
  { assistant }: Needs<'assistant'>,
  runs: Pick<DemoRuns, 'stopAt'>,
  client: WebClient,
  known: PostedAnswer,
): Promise<void> {
  await assistant.conversations.withdraw(known, async () => {
    for (const ts of [...known.attached, ...known.answers]) {
      const at = { channel: known.channel, ts };
      runs.stopAt(known.team, at);
      await remove(client, at);
    }
  });
}

/** Puts messages in the place of others: as many as can be are edited, the rest is posted or removed. */
async function replace(
  client: WebClient,
  where: { readonly channel: string; readonly thread: string },
  old: readonly string[],
  messages: readonly SlackMessage[],
): Promise<Posted[]> {
  const posted: Posted[] = [];
  for (const [index, message] of messages.entries()) {
    const ts = old[index];
    posted.push(
      ts === undefined
        ? await post(client, where, message)
        : await editOrPost(client, { channel: where.channel, ts }, where, message),
    );
  }
  for (const ts of old.slice(messages.length)) await remove(client, { channel: where.channel, ts });
  return posted;
}
