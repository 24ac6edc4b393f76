import type { WebClient } from '@slack/web-api';
import type { Needs } from '../parts.ts';
import { whisper } from '../transport/post.ts';
import { type AskedPoll, isDirect, keyOf } from './poll.ts';
import { howYouDid } from './poll-message.ts';

/**
 * Tells everybody who guessed how they did, each alone and once, whatever ends the program meanwhile. Where only one
 * person can have guessed, the poll itself says it.
 * @throws StoreUnavailable
 */
export async function tellVoters(
  { assistant, log }: Needs<'assistant' | 'log'>,
  client: WebClient,
  { poll, demo }: AskedPoll,
): Promise<void> {
  for (;;) {
    const guesses = await assistant.polls.takeUntold(keyOf(poll));
    if (guesses.length === 0) return;
    if (isDirect(poll)) continue;
    await Promise.all(
      guesses.map((guess) =>
        whisper(client, poll.where, guess.person, howYouDid(demo, guess)).catch((error: unknown) =>
          log.warn({ error }, 'somebody was not told how they guessed'),
        ),
      ),
    );
  }
}
