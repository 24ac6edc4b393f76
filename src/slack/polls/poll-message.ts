import type { KnownBlock, RichTextElement } from '@slack/types';
import { z } from 'zod';
import type { DemoSummary } from '../../assistant/assistant.ts';
import type { Guess, Tally } from '../../assistant/polls.ts';
import { button, contextBlock, plainElement, titleBlock } from '../blocks/elements.ts';
import { plainMessage, type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import { actionIds } from '../presses/action-ids.ts';

/** What a poll's options say when they are picked: which one. All else is in the store, since anybody can send any value. */
const guessSchema = z.object({ option: z.int().min(0) });

/** How far a poll has come. */
export type PollStage =
  | { readonly type: 'open'; readonly note: string | null }
  | { readonly type: 'running' }
  | { readonly type: 'ended' };

/** Where a poll stands. */
export interface PollPlace {
  /** What whoever opened it is called; null where nobody needs to be told. */
  readonly openedBy: string | null;
  /** Whether only one person can guess in it. */
  readonly direct: boolean;
  /** Whether its demo comes in a thread of the poll's own; else it comes below in the thread that the poll is in. */
  readonly ownThread: boolean;
}

/** Reads the value of an option. @returns null for one of another version, or no option of the demo */
export function readGuess(value: string, { question }: DemoSummary): number | null {
  try {
    const option = guessSchema.safeParse(JSON.parse(value)).data?.option;
    return option !== undefined && option < question.options.length ? option : null;
  } catch {
    return null;
  }
}

/**
 * Shows the question of a demo: while it is open its options to pick from and how many have guessed, and what they
 * guessed only at the end, so that nobody follows the crowd.
 */
export function pollMessage(demo: DemoSummary, tally: Tally, stage: PollStage, place: PollPlace): SlackMessage {
  const { question } = demo;
  const words = wordsAt(demo, tally, stage, place);
  const by = place.openedBy === null ? '' : `\nAsked by ${place.openedBy}`;
  const asked: RichTextElement[] = [literal(question.text, { bold: true })];
  return toMessage(`${question.text} ${words}`, [
    titleBlock(demo.title),
    paragraph(stage.type === 'open' ? asked : [...asked, ...optionLines(demo, tally, stage.type === 'ended')]),
    ...(stage.type === 'open' ? openBlocks(demo) : []),
    contextBlock(`${words}${by}`),
  ]);
}

/** The block keeps its id from edit to edit, so that what somebody picked stays picked for them. */
function openBlocks({ id, question }: DemoSummary): KnownBlock[] {
  const options = question.options.map((text, option) => ({
    text: plainElement(text),
    value: JSON.stringify({ option }),
  }));
  const run = { ...button(actionIds.closePoll, 'Run the demo', id), style: 'primary' as const };
  return [
    {
      type: 'actions',
      block_id: 'guesses',
      elements: [{ type: 'radio_buttons', action_id: actionIds.guess, options }],
    },
    { type: 'actions', elements: [run] },
  ];
}

function optionLines({ question }: DemoSummary, tally: Tally, ended: boolean): RichTextElement[] {
  return question.options.flatMap((text, option) => {
    const right = ended && option === question.right;
    const count = ended ? ` · ${counted(countOf(tally, option), 'guess', 'guesses')}` : '';
    return [
      literal(`\n${right ? '✅' : '▫️'} `),
      literal(text, { bold: right }),
      literal(`${right ? ' · right' : ''}${count}`),
    ];
  });
}

function wordsAt({ question }: DemoSummary, tally: Tally, stage: PollStage, { ownThread, direct }: PollPlace): string {
  const people = tally.options.reduce((sum, option) => sum + option.people, 0);
  const where = ownThread ? 'in the thread of this message' : 'below';
  if (stage.type === 'ended') {
    const right = countOf(tally, question.right);
    return `${resultWords(people, right, direct)} The demo ${where} shows it.`;
  }
  const so = `${counted(people, 'person has', 'people have')} guessed.`;
  if (stage.type === 'running') return `${so} The demo runs ${where}.`;
  return `${so} ${stage.note ?? 'You may change your guess; what others guess shows at the end. Whoever opened this runs it, or it runs by itself two minutes after it was opened.'}`;
}

function resultWords(people: number, right: number, direct: boolean): string {
  if (people === 0) return 'Nobody guessed.';
  if (direct && people === 1) return right === 1 ? 'You were right.' : 'You were not right.';
  return `${right} of ${counted(people, 'person was', 'people were')} right.`;
}

/** Tells somebody alone how they did. */
export function howYouDid({ question }: DemoSummary, { option }: Pick<Guess, 'option'>): SlackMessage {
  const guessed = question.options[option] ?? '';
  if (option === question.right) return plainMessage(`You guessed “${guessed}”, and that is right.`);
  return plainMessage(
    `You guessed “${guessed}”. It is “${question.options[question.right] ?? ''}”: the demo shows why.`,
  );
}

function countOf(tally: Tally, option: number): number {
  return tally.options.find((each) => each.option === option)?.people ?? 0;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
