import { randomUUID } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import type { Polls } from '../polls.ts';

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
