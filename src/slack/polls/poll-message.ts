import type { KnownBlock, RichTextElement } from '@slack/types';
import { z } from 'zod';
import type { DemoSummary } from '../../assistant/assistant.ts';
import type { Tally } from '../../assistant/polls.ts';
import { button, contextBlock, titleBlock } from '../blocks/elements.ts';
import { type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import { actionIds, numbered } from '../presses/action-ids.ts';

/** What a poll's buttons say: the option. All else is in the store, since anybody can send any value. */
const guessSchema = z.object({ option: z.int().min(0) });

/** How far a poll has come. */
export type PollStage =
  | { readonly type: 'open'; readonly note: string | null }
  | { readonly type: 'running' }
  | { readonly type: 'ended' };

/** Reads the value of an option's button. @returns null for one of another version, or no option of the demo */
export function readGuess(value: string, { question }: DemoSummary): number | null {
  try {
    const option = guessSchema.safeParse(JSON.parse(value)).data?.option;
    return option !== undefined && option < question.options.length ? option : null;
  } catch {
    return null;
  }
}

/** Shows the question of a demo, the guesses so far, and at the end how many were right. */
export function pollMessage(demo: DemoSummary, tally: Tally, stage: PollStage): SlackMessage {
  const { question } = demo;
  const people = tally.options.reduce((sum, option) => sum + option.people, 0);
  const count = (option: number) => tally.options.find((each) => each.option === option)?.people ?? 0;
  const ended = stage.type === 'ended';
  const lines = question.options.flatMap((text, option): RichTextElement[] => {
    const right = ended && option === question.right;
    return [
      literal(`\n${right ? '✅' : '▫️'} `),
      literal(text, { bold: right }),
      literal(`  ${guesses(count(option))}`),
    ];
  });
  const words = ended ? resultWords(people, count(question.right)) : openWords(people, stage);
  return toMessage(`${question.text} ${words}`, [
    titleBlock(demo.title),
    paragraph([literal(question.text, { bold: true }), ...lines]),
    ...(stage.type === 'open' ? buttonBlocks(demo) : []),
    contextBlock(words),
  ]);
}

function buttonBlocks(demo: DemoSummary): KnownBlock[] {
  const options = demo.question.options.map((text, option) =>
    button(numbered(actionIds.guess, option), text, JSON.stringify({ option })),
  );
  const run = button(actionIds.closePoll, 'Run the demo', demo.id);
  return [
    { type: 'actions', elements: options },
    { type: 'actions', elements: [{ ...run, style: 'primary' }] },
  ];
}

function openWords(people: number, stage: Exclude<PollStage, { type: 'ended' }>): string {
  const so = `${people === 1 ? '1 person has' : `${people} people have`} guessed.`;
  if (stage.type === 'running') return `${so} The demo runs below.`;
  return `${so} ${stage.note ?? 'Pick one; you may change it. Whoever opened this runs it, or it runs by itself in two minutes.'}`;
}

function resultWords(people: number, right: number): string {
  if (people === 0) return 'Nobody guessed. The demo below shows it.';
  return `${right} of ${people} ${people === 1 ? 'person was' : 'people were'} right. The demo below shows it.`;
}

function guesses(count: number): string {
  return count === 0 ? '' : `${count} ${count === 1 ? 'guess' : 'guesses'}`;
}
