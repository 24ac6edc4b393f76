import type { Logger } from 'pino';
import type { TakenRequests } from '../install/kept.ts';
import { soon } from './soon.ts';

/** How many messages are remembered; Slack repeats an event for about five minutes, far fewer than this. */
const remembered = 10_000;

/** Remembers which messages were taken, so that a repeated or doubled event is answered once. */
export interface SeenMessages {
  /** Takes a message. @returns false if it was taken before */
  take(team: string, channel: string, ts: string): Promise<boolean>;
}

/**
 * A mention comes as two events with different ids (app_mention and message), so messages are told apart by team,
 * channel and timestamp. The store remembers across restarts and processes; where it cannot, or not soon, this process
 * does for itself.
 */
export function createSeenMessages(requests: TakenRequests, log: Logger): SeenMessages {
  const seen = new Set<string>();
  return {
    async take(team, channel, ts) {
      const key = `${team}/${channel}/${ts}`;
      if (seen.has(key)) return false;
      seen.add(key);
      for (const oldest of seen) {
        if (seen.size <= remembered) break;
        seen.delete(oldest);
      }
      const taken = requests.take(team, channel, ts, Date.now()).catch((error: unknown) => {
        log.error({ error }, 'a message that was taken could not be remembered');
        return true;
      });
      return soon(taken, true);
    },
  };
}
