import { randomUUID } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import type { Polls } from '../polls.ts';

/** People who are told at once: whom a process that dies has taken and not told yet, nobody tells. */
const toldAtOnce = 5;
/** Milliseconds for which a poll that was left is taken up again. */
const leftFor = 24 * 60 * 60 * 1000;

/** Makes what keeps predictions. */
export function createPolls(store: () => Promise<Pick<Store, 'predictions'>>): Polls {
  return {
    open: async (poll) => (await store()).predictions.open(poll),
    find: async ({ team, poll }) => (await store()).predictions.find(team, poll),
    guess: async (guess) => (await store()).predictions.put(guess),
    tally: async ({ team, poll }) => (await store()).predictions.tally(team, poll),
    async close({ team, poll }, demo, right) {
      await (await store()).predictions.close({ team, poll, demo, right, at: Date.now() });
    },
    takeUntold: async ({ team, poll }) => (await store()).predictions.takeUntold(team, poll, toldAtOnce),
    left: async () => (await store()).predictions.left(Date.now() - leftFor),
    openToAll: async ({ team, poll }) => (await store()).predictions.setUntil(team, poll, Date.now()),
    async guessAlone({ team, demo, person, option, right }) {
      const { predictions } = await store();
      const poll = { team, poll: randomUUID(), demo, at: Date.now() };
      await predictions.put({ ...poll, person, option });
      await predictions.close({ ...poll, right });
      return predictions.totals(team, demo);
    },
  };
}
