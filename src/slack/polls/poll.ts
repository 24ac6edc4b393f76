import type { DemoSummary } from '../../assistant/assistant.ts';
import type { LeftPoll, OpenPoll, PollKey } from '../../assistant/polls.ts';
import type { Destination } from '../transport/post.ts';
import type { PollStage } from './poll-message.ts';

/** A poll in its message. */
export interface Poll extends OpenPoll {
  readonly team: string;
  /** The thread in which its demo is shown. */
  readonly where: Required<Destination>;
  readonly ts: string;
}

/** A poll with the demo that it asks about. */
export interface AskedPoll {
  readonly poll: Poll;
  readonly demo: DemoSummary;
}

/** Names a poll within its team: its message. */
export function idOf({ where, ts }: Pick<Poll, 'where' | 'ts'>): string {
  return `${where.channel}:${ts}`;
}

/** Names a poll to the assistant. */
export function keyOf(poll: Pick<Poll, 'team' | 'where' | 'ts'>): PollKey {
  return { team: poll.team, poll: idOf(poll) };
}

/** A poll that an earlier process left; null for one whose message cannot be told from its name. */
export function pollOf({ poll: id, thread, ...left }: LeftPoll): Poll | null {
  const [, channel, ts] = /^([^:]+):(.+)$/.exec(id) ?? [];
  if (channel === undefined || ts === undefined || thread === null) return null;
  return { ...left, thread, where: { channel, thread }, ts };
}

/** Whether it stands in the conversation with a person, where nobody else can guess. */
export function isDirect({ where }: { readonly where: Destination }): boolean {
  return /^[DUW]/.test(where.channel);
}

/** How a poll is shown that waits: one whose time is over is everybody's. */
export function openStage({ until }: Pick<Poll, 'until'>): PollStage {
  const over = 'You may change your guess. Its time is over: Anybody may run it now.';
  return { type: 'open', note: Date.now() < until ? null : over };
}
