import type { Asking } from '../../assistant/conversations.ts';

/** A message that asks. */
export interface Question {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  readonly ts: string;
  readonly thread: string;
  readonly text: string;
}

/** Names a question to the store. */
export function askingOf({ team, channel, user, ts }: Omit<Question, 'thread' | 'text'>): Asking {
  return { team, place: channel, person: user, event: ts };
}
