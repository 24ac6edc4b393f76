import type { KnownBlock } from '@slack/types';
import { plainElement } from '../blocks/elements.ts';
import type { MenuLine } from '../blocks/menu.ts';
import { plainMessage, type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import { askHumanButton } from '../open-questions/ask-human.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, showModal, tellOutdated } from '../presses/action-handler.ts';
import { actionIds, writePick } from '../presses/action-ids.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { type AnswerRef, readRef, writeRef } from './answer-ref.ts';
import { reasonView } from './vote-reason.ts';

const words = { helpful: 'Helpful', notHelpful: 'Not helpful' } as const;

/** The pair of buttons under an answer by which people say what they think of it. @param ref the answer */
export function feedbackBlock(ref: AnswerRef): KnownBlock {
  const half = (kind: keyof typeof words) => ({
    text: plainElement(words[kind]),
    value: writePick(actionIds[kind], writeRef(ref)),
  });
  const pair = { positive_button: half('helpful'), negative_button: half('notHelpful') };
  return { type: 'context_actions', elements: [{ type: 'feedback_buttons', action_id: actionIds.pick, ...pair }] };
}

/** The same as lines of a menu, whose block says what was asked. */
export function voteLines(entry: string): MenuLine[] {
  return (['helpful', 'notHelpful'] as const).map((kind) => ({
    label: words[kind],
    value: writePick(actionIds[kind], entry),
  }));
}

/** What those buttons do. */
export function voteActions(parts: Needs<'assistant' | 'log'>) {
  const { assistant, log } = parts;

  /** The vote is kept before anything is asked, so that whatever happens afterwards it counts. */
  async function vote(press: Pressed, kind: 'helpful' | 'not-helpful'): Promise<void> {
    const { where, message, who, tell } = press;
    const { entry, question } = { ...readRef(press.block), ...readRef(press.value) };
    if (where === null || message === null || entry === undefined || question === undefined) return tellOutdated(press);
    if (assistant.show(entry) === null)
      return tell(plainMessage('This answer is no longer in the book, so there is nothing to vote on.'));
    const key = { team: who.team, place: where.channel, message, person: who.user };
    const counts = await assistant.votes.cast({ ...key, question, entry, vote: kind, at: press.at });
    if (!counts) return tell(plainMessage('You have voted on this since then; your later vote counts.'));
    if (kind === 'helpful') return tell(plainMessage('Your vote counts: helpful. Thank you.'));
    await showModal(press, reasonView(key)).catch((error: unknown) =>
      log.warn({ error }, 'the reason for a vote could not be asked'),
    );
    const { askHuman } = await settingsOf(parts, who.team);
    await tell(downVoteMessage(askHuman === null ? null : { question, entry, event: message }));
  }

  return {
    [actionIds.helpful]: (press) => vote(press, 'helpful'),
    [actionIds.notHelpful]: (press) => vote(press, 'not-helpful'),
  } satisfies Partial<ActionHandlers>;
}

/** @param ref what a person would be asked; null where nobody is named */
function downVoteMessage(ref: AnswerRef | null): SlackMessage {
  const text = 'Your vote counts: not helpful. It is on the list of what the book has to get better at.';
  const elements = ref === null ? [] : [{ type: 'actions' as const, elements: [askHumanButton(ref)] }];
  return toMessage(text, [paragraph([literal(text)]), ...elements]);
}
