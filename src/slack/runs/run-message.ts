import type { KnownBlock, RichTextBlockElement } from '@slack/types';
import type { DemoSummary } from '../../assistant/assistant.ts';
import { toCard } from '../../assistant/card.ts';
import { longestPause } from '../../assistant/limits.ts';
import type { Step } from '../../assistant/report.ts';
import { cardBlocks, cardText, startedByWords } from '../blocks/card-blocks.ts';
import { stepMarks } from '../blocks/card-layout.ts';
import { button, contextBlock, titleBlock } from '../blocks/elements.ts';
import { type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph, preformatted } from '../blocks/rich-text.ts';
import { shorten, shortenLines } from '../blocks/slack-text.ts';
import { actionIds } from '../presses/action-ids.ts';
import { detailButtons } from './details-view.ts';
import { type RunState, writeStep } from './run-state.ts';

/** Characters of a step's title, and of what the latest step printed. */
const room = { title: 150, output: 900 } as const;

/** Shows a run: its steps as they stand while it goes on, and its card at the end. */
export function runMessage(state: RunState): SlackMessage {
  const { report, steps, current, startedBy } = state;
  if (report === null) return toMessage(progressText(state), progressBlocks(state));
  const card = toCard(report, steps, current);
  const buttons = [...detailButtons(card), againButton(card.demo)];
  return toMessage(cardText(card), [...cardBlocks(card, startedBy), { type: 'actions', elements: buttons }]);
}

/** What stands in the message of a run that broke off because the program ended. */
export function interruptedMessage(demo: DemoSummary): SlackMessage {
  const words = 'Stopped: I was restarted in the middle of this run. What it left on the engine is being removed.';
  return toMessage(`${demo.title}: stopped by a restart`, brokenOffBlocks(demo, words));
}

/** What stands in the message of a run that came to no report. */
export function brokenOffMessage(demo: DemoSummary, words: string): SlackMessage {
  return toMessage(`${demo.title}: ${words}`, brokenOffBlocks(demo, words));
}

function brokenOffBlocks(demo: DemoSummary, words: string): KnownBlock[] {
  return [titleBlock(demo.title), paragraph([literal(words)]), { type: 'actions', elements: [againButton(demo.id)] }];
}

function againButton(demo: string) {
  return button(actionIds.runAgain, 'Run again', demo);
}

/** Of what was printed only the latest is shown: all of it would push the rest out of sight, and is kept for the end. */
function progressBlocks(state: RunState): KnownBlock[] {
  const { title, steps, finished, startedBy } = state;
  return [
    titleBlock(title),
    ...steps.map((step, index) => stepBlock(state, step, index, index === finished.length - 1)),
    ...waitBlocks(state),
    ...(startedBy === null ? [] : [contextBlock(startedByWords(startedBy))]),
    steerBlock(state),
  ];
}

function stepBlock({ finished, current }: RunState, title: string, index: number, latest: boolean): KnownBlock {
  const step = finished[index];
  const mark = step ? stepMarks.done : index === current ? '⏳' : '▫️';
  const line = {
    type: 'rich_text_section' as const,
    elements: [
      literal(`${mark} ${index + 1}. `),
      literal(shorten(title, room.title), { bold: true }),
      ...(step ? [literal(`  ${step.ms}\u00a0ms`)] : []),
    ],
  };
  return { type: 'rich_text', elements: step && latest ? [line, printed(step)] : [line] };
}

function printed({ command, output }: Step): RichTextBlockElement {
  const commands = command.split('\n').map((line) => `$ ${line}`);
  return preformatted(shortenLines([...commands, ...(output === '' ? [] : [output])].join('\n'), room.output));
}

function waitBlocks({ queuePosition, waiting }: RunState): KnownBlock[] {
  if (waiting !== null) {
    const next = shorten(waiting.title, room.title);
    return [contextBlock(`Next: ${next}\nWaits for a click; after ${longestPause} s in all it goes on by itself.`)];
  }
  if (queuePosition === null) return [];
  return [contextBlock(`Waiting: place ${queuePosition} in the queue. It starts by itself when its turn comes.`)];
}

/** What whoever started the run can do while it goes on. */
function steerBlock({ key, waiting, queuePosition }: RunState): KnownBlock {
  const label = queuePosition === null ? 'Stop' : 'Leave the queue';
  const stop = { ...button(actionIds.stopRun, label, key), style: 'danger' as const };
  if (waiting === null) return { type: 'actions', elements: [stop] };
  const next = button(actionIds.nextStep, 'Next step', writeStep({ key, index: waiting.index }));
  return { type: 'actions', elements: [{ ...next, style: 'primary' }, stop] };
}

function progressText({ title, finished, steps, queuePosition }: RunState): string {
  return queuePosition === null
    ? `${title}: ${finished.length} of ${steps.length} steps done`
    : `${title}: place ${queuePosition} in the queue`;
}
