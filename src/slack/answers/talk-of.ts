import type { WebClient } from '@slack/web-api';
import type { RememberedThread, ThreadKey } from '../../assistant/conversations.ts';
import type { Talk } from '../../assistant/listening.ts';
import type { Needs } from '../parts.ts';
import { soon } from '../transport/soon.ts';
import type { Question } from './question.ts';

/** The parts that tell what was said before. */
export type TalkParts = Needs<'assistant' | 'log' | 'recent' | 'threads'>;

/**
 * What was said before a message: in its thread, or to whoever wrote it in the same place a moment ago. Slack is asked
 * only where the message leans on a thread of which this process has not heard.
 * @param memory what is remembered of its thread; null where nothing is
 * @param own the bot's user id
 */
export async function talkOf(
  parts: TalkParts,
  client: WebClient,
  question: Question,
  memory: RememberedThread | null,
  own: string,
): Promise<Talk> {
  const inThread = question.thread !== question.ts;
  const entry = inThread ? (memory?.entry ?? null) : await shownLast(parts, question);
  const offered = parts.recent.offered(inThread ? question : placeOf(question));
  return {
    entry,
    offered: offered ?? besides(parts, entry),
    async earlier() {
      if (!inThread) return [];
      const heard = parts.recent.before(question, question.ts);
      return heard ?? (await parts.threads.read(client, question, own)) ?? [];
    },
  };
}

/** Notes what a reply offered, for what is written next in its thread, or by the same person in the same place. */
export function noteOffered({ recent }: Needs<'recent'>, question: Question, entries: readonly string[]): void {
  recent.offer(question, entries);
  recent.offer(placeOf(question), entries);
}

/** Stands for what somebody writes in a place outside of threads, where no timestamp does. */
function placeOf({ team, channel, user }: Question): ThreadKey {
  return { team, channel, thread: user };
}

async function shownLast({ assistant, log }: TalkParts, { team, channel, user }: Question): Promise<string | null> {
  const shown = assistant.conversations.shownLast({ team, place: channel, person: user }).catch((error: unknown) => {
    log.error({ error }, 'what was shown last could not be recalled');
    return null;
  });
  return soon(shown, null);
}

function besides({ assistant }: TalkParts, entry: string | null): readonly string[] {
  const actions = entry === null ? [] : (assistant.show(entry)?.actions ?? []);
  return actions.flatMap((action) => (action.type === 'show-entry' ? [action.entry] : []));
}
