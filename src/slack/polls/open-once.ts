import { AssistantError } from '../../assistant/assistant-error.ts';
import type { Poll } from './poll.ts';

/**
 * Makes what opens a poll once by its key, as long as it is open or on its way: of two quick presses the second is there
 * before the first poll is seen.
 * @param isOpen whether a poll still waits for its run
 * @returns opens a poll by what opens it; throws AssistantError `too-many-runs` where it is open already
 */
export function createOpenOnce(
  isOpen: (poll: Poll) => Promise<boolean>,
): (key: string, openNew: () => Promise<Poll>) => Promise<void> {
  /** Null until the poll's message is out. */
  const opened = new Map<string, Poll | null>();

  return async (key, openNew) => {
    // One whose time is over runs by itself.
    for (const [each, poll] of opened) if (poll !== null && poll.until <= Date.now()) opened.delete(each);
    const before = opened.get(key);
    if (before === null) throw openAlready();
    opened.set(key, null);
    let poll = before;
    try {
      if (before !== undefined && (await isOpen(before))) throw openAlready();
      poll = await openNew();
    } finally {
      if (poll === undefined) opened.delete(key);
      else opened.set(key, poll);
    }
  };
}

function openAlready(): AssistantError {
  return new AssistantError('too-many-runs', 'You have this question open here already. Guess there, or run it');
}
