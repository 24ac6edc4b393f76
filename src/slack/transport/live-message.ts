import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { SlackMessage } from '../blocks/message.ts';
import { type Destination, edit, type Posted, post, postOrSend } from './post.ts';

/** Slack allows about one edit a second, and bursts: the first edits of a message follow each other faster. */
const burst = { edits: 6, milliseconds: 250 } as const;
const steadyMilliseconds = 1200;

/** One message that follows something that goes on, edited in place. */
export interface LiveMessage {
  /** Which message it is. */
  readonly at: Posted;
  /** Shows a newer state as soon as Slack's pace allows. States in between are skipped; a failed edit is made good by the next. */
  show(message: SlackMessage): void;
  /** Shows the last state and waits until it stands; where the message cannot be edited any more, as one of its own. */
  end(message: SlackMessage): Promise<void>;
  /** Shows nothing any more, since the message is taken away: its end is not to come back as another one. */
  forget(): void;
}

/** A state to be shown. */
interface Wanted {
  readonly message: SlackMessage;
  readonly last: boolean;
}

/**
 * Posts a message and keeps it current. Where the bot may not write, it goes to whoever asked.
 * @param user whoever asked for it
 * @param replaces a message there that it takes the place of; where that cannot be edited, it is posted all the same
 * @throws the client's error if it cannot be posted
 */
export async function openLiveMessage(
  client: WebClient,
  where: Destination,
  user: string,
  first: SlackMessage,
  log: Logger,
  replaces?: Posted,
): Promise<LiveMessage> {
  const at = await place(client, where, user, first, replaces);
  const thread = (at.channel === where.channel ? where.thread : undefined) ?? at.ts;
  const pace = createPace();
  let wanted: Wanted | null = null;
  let working: Promise<void> | null = null;
  let forgotten = false;

  async function work(): Promise<void> {
    while (wanted !== null) {
      await pace();
      let shown: Wanted = wanted;
      const newest = () => {
        shown = wanted ?? shown;
        wanted = null;
        return shown.message;
      };
      try {
        await edit(client, at, newest);
      } catch (error) {
        log.warn({ error, last: shown.last }, 'an edit of a live message failed');
        if (shown.last && !forgotten) await follow(shown.message);
      }
    }
    working = null;
  }

  async function follow(message: SlackMessage): Promise<void> {
    await post(client, { channel: at.channel, ...(thread === '' ? {} : { thread }) }, message);
  }

  return {
    at,
    forget() {
      forgotten = true;
    },
    show(message) {
      if (forgotten) return;
      wanted = { message, last: false };
      working ??= work();
    },
    async end(message) {
      if (forgotten) return;
      wanted = { message, last: true };
      working ??= work();
      await working;
    },
  };
}

/** Posts a message where it is wanted, or has it take the place of another. @returns which message it is */
async function place(
  client: WebClient,
  where: Destination,
  user: string,
  message: SlackMessage,
  replaces: Posted | undefined,
): Promise<Posted> {
  const replaced =
    replaces &&
    (await edit(client, replaces, message).then(
      () => replaces,
      () => undefined,
    ));
  return replaced ?? (await postOrSend(client, where, user, message));
}

/** Makes what waits until the next edit may be sent, from now on. */
function createPace(): () => Promise<void> {
  let lastEdit = performance.now();
  let edits = 0;
  return async () => {
    const gap = edits < burst.edits ? burst.milliseconds : steadyMilliseconds;
    await sleep(Math.max(0, lastEdit + gap - performance.now()));
    lastEdit = performance.now();
    edits++;
  };
}
