import { castVote } from '../assistant/feedback.ts';
import { actionIds } from './action-ids.ts';
import { readRef } from './answer-ref.ts';
import { plainMessage } from './message.ts';
import { type ActionHandlers, type Pressed, showModal, tellOutdated } from './pressed.ts';
import type { SlackParts } from './slack-surface.ts';
import { reasonView } from './vote-reason.ts';

/** The buttons by which people say whether an answer helped. */
export function voteActions({ store, log }: SlackParts): ActionHandlers {
  /** The vote is kept before anything is asked, so that whatever happens afterwards it counts. */
  async function vote(press: Pressed, kind: 'helpful' | 'not-helpful'): Promise<void> {
    const { where, message, who, tell } = press;
    const { entry, question } = readRef(press.value) ?? {};
    if (where === null || message === null || entry === undefined || question === undefined) return tellOutdated(press);
    const key = { team: who.team, place: where.channel, message, person: who.user };
    castVote(store, { ...key, question, entry, vote: kind, at: Date.now() });
    if (kind === 'helpful') return tell(plainMessage('Your vote counts: helpful. Thank you.'));
    await showModal(press, reasonView(key)).catch((error: unknown) =>
      log.warn({ error: String(error) }, 'the reason for a vote could not be asked'),
    );
    await tell(plainMessage('Your vote counts: not helpful. It is on the list of what the book has to get better at.'));
  }

  return {
    [actionIds.helpful]: (press) => vote(press, 'helpful'),
    [actionIds.notHelpful]: (press) => vote(press, 'not-helpful'),
  };
}
