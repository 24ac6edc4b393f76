import type { WebClient } from '@slack/web-api';
import type { PostedAnswer } from '../store/answers.ts';
import { answerQuestion, noteChosen } from './answer.ts';
import { askingOf, entryOf, keepAnswered } from './answer-message.ts';
import type { Asked, Deleted, Edited } from './incoming.ts';
import type { SlackMessage } from './message.ts';
import { editOrPost, type Posted, post, remove } from './post.ts';
import type { SurfaceParts } from './slack-surface.ts';
import { recallThread } from './thread-memory.ts';

/** Milliseconds after an answer within which it follows the edits of its question. */
const followTime = 5 * 60_000;

/**
 * Lets an answer follow an edit of its question, in place. A change that leaves the words as they are, such as an
 * unfolded link, is none. An answer that nobody asked for by a mention goes where it is not sure any more.
 * @throws StoreUnavailable, or the client's error
 */
export async function followEdit(parts: SurfaceParts, client: WebClient, edited: Edited | Asked): Promise<void> {
  const { team, channel, ts, thread, user, text } = edited;
  const toBot = edited.type === 'asked' || edited.toBot;
  const known = await parts.store.answers.find(team, channel, ts);
  if (known === null || known.question === text || Date.now() - known.at > followTime) return;
  const asking = askingOf({ team, channel, user, ts });
  const memory = thread === ts ? null : await recallThread(parts, { team, channel, thread });
  const previous = memory?.entry ?? null;
  const answered = await answerQuestion(parts, text, asking, { previous });
  await noteChosen(parts, asking);
  if (!toBot && thread !== ts && entryOf(answered) === null) return withdraw(parts, client, known);
  const posted = await replace(client, { channel, thread }, known.answers, answered.messages);
  const question = { team, channel, thread, ts, user, text };
  await keepAnswered(parts, question, answered, { posted, at: known.at, previous, people: null });
}

/** Takes an answer away with its question. @throws StoreUnavailable, or the client's error */
export async function followDeletion(parts: SurfaceParts, client: WebClient, deleted: Deleted): Promise<void> {
  const { team, channel, ts } = deleted;
  await noteChosen(parts, { team, place: channel, event: ts });
  const known = await parts.store.answers.find(team, channel, ts);
  if (known !== null) await withdraw(parts, client, known);
}

/** Whoever forgets the answer removes its messages, so that two deliveries of one event do it once. */
async function withdraw({ store }: SurfaceParts, client: WebClient, known: PostedAnswer): Promise<void> {
  const { team, channel, questionTs, answers } = known;
  if (!(await store.answers.remove(team, channel, questionTs))) return;
  try {
    for (const ts of answers) await remove(client, { channel, ts });
  } catch (error) {
    await store.answers.put(known);
    throw error;
  }
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
