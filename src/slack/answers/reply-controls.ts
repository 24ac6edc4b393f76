import type { Button, KnownBlock, StaticSelect } from '@slack/types';
import type { Reply, ShowEntry } from '../../assistant/reply.ts';
import { button } from '../blocks/elements.ts';
import { slackLimits } from '../blocks/limits.ts';
import { groupedMenu, type MenuLine } from '../blocks/menu.ts';
import { askHumanButton } from '../open-questions/ask-human.ts';
import { actionIds, numbered, writePick } from '../presses/action-ids.ts';
import { type AnswerRef, writeRef } from './answer-ref.ts';
import type { ReplyOptions } from './reply-options.ts';
import { feedbackBlock, voteLines } from './vote-actions.ts';

/** Controls that one message shows at most: more than that are not read. */
const mostControls = 4;
/** Entries that one message lists by number. */
const mostListed = 3;

/** The entries of a reply that are listed by number, with a button each: those to choose between, or the nearest. */
export function listedEntries(reply: Reply, options: ReplyOptions): readonly ShowEntry[] {
  if (reply.kind === 'answer') return [];
  const room = mostControls - Object.values(fixedButtons(reply, options)).filter((each) => each !== null).length;
  const most = reply.kind === 'choices' ? mostControls : mostListed;
  return entriesOf(reply).slice(0, Math.min(room, most));
}

/** The entries that a reply leads to. */
export function entriesOf({ actions }: Reply): readonly ShowEntry[] {
  return actions.filter((action) => action.type === 'show-entry');
}

/** What can be done with a reply: at most four controls, of which a menu holds whatever is done less often. */
export function controlBlocks(reply: Reply, options: ReplyOptions): KnownBlock[] {
  const { run, length, share, human } = fixedButtons(reply, options);
  const listed = listedEntries(reply, options);
  const numbers = listed.map((action, index) => numberButton(action, index, reply, listed, options));
  const pick = reply.kind === 'answer' ? restMenu(reply, options) : null;
  const elements = [run, length, share, ...numbers, pick, human].filter((each) => each !== null);
  return [...actionsBlock(elements, pick === null ? null : options), ...feedbackBlocks(reply, options)];
}

/** A menu's line has no room for the question, so the block that it stands in names it. */
function actionsBlock(elements: readonly (Button | StaticSelect)[], named: ReplyOptions | null): KnownBlock[] {
  if (elements.length === 0) return [];
  const id =
    named?.share === undefined || named.asked === undefined
      ? null
      : writeRef({ ...named.asked, ...named.share }, slackLimits.blockId);
  return [{ type: 'actions', ...(id === null ? {} : { block_id: id }), elements: [...elements] }];
}

/** The buttons that each stand for something of their own; null for one that the reply has no use for. */
function fixedButtons(reply: Reply, options: ReplyOptions) {
  const { asked, share, human = false } = options;
  const demo = reply.actions.find((action) => action.type === 'run-demo');
  const shared = share !== undefined && reply.entry !== null;
  return {
    run: demo === undefined ? null : { ...button(actionIds.runDemo, demo.label, demo.demo), style: 'primary' as const },
    length: lengthButton(reply, options),
    share: shared ? button(actionIds.share, 'Share', writeRef(refOf(reply, options))) : null,
    human: reply.kind === 'unknown' && human && asked !== undefined ? askHumanButton(asked) : null,
  };
}

/** Opens the rest of an answer in its message, or folds it in again. */
function lengthButton(reply: Reply, options: ReplyOptions): Button | null {
  const { length = 'short', asked } = options;
  if (reply.more === '' || reply.entry === null || asked === undefined) return null;
  const ref = writeRef(refOf(reply, options));
  return length === 'short' ? button(actionIds.showMore, 'More', ref) : button(actionIds.showLess, 'Less', ref);
}

/** What the buttons of an answer need to show it again in another form. */
function refOf({ entry }: Reply, { asked, question, share, others = [], sharedBy }: ReplyOptions): AnswerRef {
  return {
    ...(entry === null ? {} : { entry }),
    ...asked,
    ...(question === undefined ? {} : { question, quoted: true }),
    ...share,
    ...(others.length === 0 ? {} : { others: others.map((other) => other.entry) }),
    ...(sharedBy === undefined ? {} : { by: sharedBy }),
  };
}

/** Of several answers one is chosen, so it takes the place of the question; the nearest ones come beside it. */
function numberButton(
  { entry, label }: ShowEntry,
  index: number,
  { kind }: Reply,
  listed: readonly ShowEntry[],
  { asked }: ReplyOptions,
): Button {
  const number = String(index + 1);
  if (kind !== 'choices') return button(numbered(actionIds.showEntry, index), number, entry, label);
  const others = listed.map((other) => other.entry).filter((other) => other !== entry);
  return button(numbered(actionIds.chooseEntry, index), number, writeRef({ entry, ...asked, others }), label);
}

/** What is done less often. A prediction is for others too, so it has no place in a private answer. */
function restMenu(reply: Reply, { asked, share, others = [] }: ReplyOptions): StaticSelect | null {
  const demo = reply.actions.find((action) => action.type === 'run-demo');
  const runs: readonly MenuLine[] =
    demo === undefined || asked === undefined
      ? []
      : [
          { label: 'Step by step', value: writePick(actionIds.runSteps, demo.demo) },
          ...(share === undefined ? [{ label: 'Predict first', value: writePick(actionIds.predict, demo.demo) }] : []),
        ];
  // Slack takes no menu that has a line twice.
  const related = entriesOf(reply).filter(({ entry }) => others.every((other) => other.entry !== entry));
  const votes = share === undefined || asked === undefined || reply.entry === null ? [] : voteLines(reply.entry);
  return groupedMenu(actionIds.pick, 'What next?', [
    { label: 'The demo', lines: runs },
    { label: 'You could also mean', lines: others.map(toLine) },
    { label: 'Related questions', lines: related.map(toLine) },
    { label: 'Did this help?', lines: votes },
  ]);
}

function toLine({ entry, label }: Pick<ShowEntry, 'entry' | 'label'>): MenuLine {
  return { label, value: writePick(actionIds.showEntry, entry) };
}

/** In a private answer the votes stand in the menu, where Share needs the room. */
function feedbackBlocks({ kind, entry }: Reply, { asked, share }: ReplyOptions): KnownBlock[] {
  if (kind !== 'answer' || entry === null || asked === undefined || share !== undefined) return [];
  return [feedbackBlock({ entry, ...asked })];
}
