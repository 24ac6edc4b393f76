import type { WebClient } from '@slack/web-api';
import type { LeftPoll } from '../../assistant/polls.ts';
import type { Needs } from '../parts.ts';
import { openStage, pollOf } from './poll.ts';
import type { PollBoard } from './poll-board.ts';
import type { PollRuns } from './poll-runs.ts';
import { tellVoters } from './tell-voters.ts';

/** What goes on with polls. */
export interface RestoreParts {
  readonly board: PollBoard;
  readonly pollRuns: PollRuns;
}

/**
 * Goes on with the polls that an earlier process left: one whose time runs gets its clock back, one whose time is over
 * is everybody's, and of one that ended everybody is told who was not. Their messages say how they stand now. One that
 * cannot be gone on with keeps no other.
 */
export async function restorePolls(
  parts: Needs<'assistant' | 'log' | 'people'>,
  clientOf: (team: string) => Promise<WebClient | null>,
  restoring: RestoreParts,
): Promise<void> {
  const left = await parts.assistant.polls.left().catch((error: unknown) => {
    parts.log.error({ error }, 'polls that were left open stay as they are');
    return [];
  });
  for (const poll of left) {
    try {
      const client = await clientOf(poll.team);
      if (client !== null) await restore(parts, client, poll, restoring);
    } catch (error) {
      parts.log.warn({ error, demo: poll.demo }, 'a poll that was left stays as it is');
    }
  }
}

async function restore(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  left: LeftPoll,
  { board, pollRuns }: RestoreParts,
): Promise<void> {
  const poll = pollOf(left);
  const demo = parts.assistant.demos().find(({ id }) => id === left.demo);
  if (poll === null || demo === undefined) return;
  const asked = { poll, demo };
  if (left.right !== null) {
    await board.show(client, asked, { type: 'ended' });
    return tellVoters(parts, client, asked);
  }
  // Before the message: an edit may have to wait.
  if (Date.now() < poll.until) pollRuns.schedule(client, asked);
  await board.showGuesses(client, asked, () => (pollRuns.isRunning(poll) ? null : openStage(poll)));
}
