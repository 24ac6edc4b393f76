import type { Store } from '../../store/store.ts';
import { normaliseQuestion } from '../gaps/normalise-question.ts';
import { longestReason } from '../limits.ts';
import type { Voting } from '../votes.ts';

/** Makes what keeps votes. */
export function createVoting(store: () => Promise<Pick<Store, 'votes'>>): Voting {
  return {
    async cast(vote) {
      const { team, place, message, person, question, entry, at } = vote;
      return (await store()).votes.put(vote, {
        ...{ team, place, event: message, person, question, at },
        normalised: normaliseQuestion(question),
        kind: 'voted-down',
        nearest: entry === '' ? [] : [entry],
      });
    },
    async giveReason(key, reason) {
      const { votes } = await store();
      const cast = await votes.forMessage(key.team, key.place, key.message);
      const own = cast.find(({ person }) => person === key.person);
      return own?.vote === 'not-helpful' && votes.setReason(key, reason.slice(0, longestReason).toWellFormed());
    },
  };
}
