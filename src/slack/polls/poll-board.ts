import type { WebClient } from '@slack/web-api';
import type { Needs } from '../parts.ts';
import { nameOf } from '../people/name-of.ts';
import { edit, slackErrorOf } from '../transport/post.ts';
import { createTurns } from '../transport/turns.ts';
import { type AskedPoll, idOf, isDirect, keyOf, type Poll } from './poll.ts';
import { type PollPlace, type PollStage, pollMessage } from './poll-message.ts';

/** Shows polls in their messages. What cannot be shown counts all the same, and keeps no demo from running. */
export interface PollBoard {
  /**
   * Shows how a poll stands, after what is being shown of it.
   * @returns false where its message is gone, as when its question was deleted
   * @throws StoreUnavailable
   */
  show(client: WebClient, asked: AskedPoll, stage: PollStage): Promise<boolean>;
  /**
   * Shows that more people have guessed. Many guesses at once are shown by few edits: each shows all that came before it.
   * @param stage how far the poll has come when its turn comes; null where nothing is to be shown any more
   * @throws StoreUnavailable
   */
  showGuesses(client: WebClient, asked: AskedPoll, stage: () => PollStage | null): Promise<void>;
}

/** Makes what shows polls. */
export function createPollBoard(parts: Needs<'assistant' | 'log' | 'people'>): PollBoard {
  const turns = createTurns();
  const stale = new Set<string>();

  async function draw(client: WebClient, { poll, demo }: AskedPoll, stage: PollStage): Promise<boolean> {
    const tally = await parts.assistant.polls.tally(keyOf(poll));
    const message = pollMessage(demo, tally, stage, await placeOf(parts, client, poll));
    try {
      await edit(client, { channel: poll.where.channel, ts: poll.ts }, message);
      return true;
    } catch (error) {
      parts.log.warn({ error }, 'a poll stays as it was shown');
      return slackErrorOf(error) !== 'message_not_found';
    }
  }

  return {
    show: (client, asked, stage) => turns.take(idOf(asked.poll), () => draw(client, asked, stage)),
    async showGuesses(client, asked, stage) {
      const id = idOf(asked.poll);
      if (stale.has(id)) return;
      stale.add(id);
      await turns.take(id, async () => {
        stale.delete(id);
        const now = stage();
        if (now !== null) await draw(client, asked, now);
      });
    },
  };
}

async function placeOf(parts: Needs<'people'>, client: WebClient, poll: Poll): Promise<PollPlace> {
  const direct = isDirect(poll);
  const openedBy = direct ? null : await nameOf(parts, client, { team: poll.team, user: poll.asker });
  return { openedBy, direct, ownThread: poll.where.thread === poll.ts };
}
