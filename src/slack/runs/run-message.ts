import type { KnownBlock, RichTextBlockElement } from '@slack/types';
import type { DemoSummary } from '../../assistant/assistant.ts';
import { longestPause } from '../../assistant/limits.ts';
import type { Report } from '../../assistant/report.ts';
import { button, contextBlock, titleBlock } from '../blocks/elements.ts';
import { slackLimits } from '../blocks/limits.ts';
import { type SlackMessage, toMessage } from '../blocks/message.ts';
import { endBlocks, endText, scriptBlocks, scriptTitle } from '../blocks/report-blocks.ts';
import { literal, paragraph, preformatted } from '../blocks/rich-text.ts';
import { shortenLines } from '../blocks/slack-text.ts';
import { actionIds } from '../presses/action-ids.ts';
import { type RunState, writeStep } from './run-state.ts';

/** A message that shows a run, and whether the script is in it. */
interface RunLayout {
  readonly message: SlackMessage;
  readonly hasScript: boolean;
}

/**
 * Shows a run: its steps as they stand and, at its end, the claims, the receipt and the script if there is room. What
 * commands printed is shortened until the message fits.
 */
export function runMessage(state: RunState): SlackMessage {
  return layOut(state).message;
}

/** The script as a message of its own, where it did not fit into the run's; null where it did, or there is none. */
export function scriptMessage(state: RunState): SlackMessage | null {
  const { report } = state;
  if (report === null || report.script === '' || layOut(state).hasScript) return null;
  return toMessage(`${scriptTitle}: ${report.title}`, scriptBlocks(report));
}

function layOut(state: RunState): RunLayout {
  const { report } = state;
  const title = titleBlock(state.title);
  const text = report === null ? progressText(state) : endText(report);
  const end = report === null ? [...waitBlocks(state), steerBlock(state)] : endBlocks(report);
  const script = report === null ? [] : scriptBlocks(report);
  const again = report === null ? [] : [againBlock(report.demo)];
  const ways = [
    ...stepRooms.map((room) => ({ room, script })),
    ...[...stepRooms, 0].map((room) => ({ room, script: [] })),
  ];
  for (const { room, script: shown } of ways) {
    const blocks = [title, ...stepBlocks(state, room), ...end, ...shown, ...again];
    if (fits(blocks)) return { message: toMessage(text, blocks), hasScript: shown.length > 0 };
  }
  return { message: toMessage(text, [title, ...end.slice(0, 1), ...again]), hasScript: false };
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
  return [titleBlock(demo.title), paragraph([literal(words)]), againBlock(demo.id)];
}

/** Characters of each step's output, from the most to the least that is still of use. */
const stepRooms = [900, 400, 150] as const;

function fits(blocks: readonly KnownBlock[]): boolean {
  return blocks.length <= slackLimits.blocksPerMessage && JSON.stringify(blocks).length <= slackLimits.blocksJson;
}

function stepBlocks(state: RunState, room: number): KnownBlock[] {
  return state.steps.map((title, index): KnownBlock => {
    const step = state.finished[index];
    const mark = step ? '✅' : index === state.current ? currentMark(state.report) : state.report ? '➖' : '▫️';
    const elements: RichTextBlockElement[] = [
      {
        type: 'rich_text_section',
        elements: [
          literal(`${mark} ${index + 1}. `),
          literal(title, { bold: true }),
          ...(step ? [literal(`  ${step.ms} ms`)] : []),
        ],
      },
    ];
    if (step && room > 0) {
      const commands = step.command.split('\n').map((line) => `$ ${line}`);
      elements.push(
        preformatted(shortenLines([...commands, ...(step.output === '' ? [] : [step.output])].join('\n'), room)),
      );
    }
    return { type: 'rich_text', elements };
  });
}

/** The step that was under way when the run ended is the one that failed, or was stopped. */
function currentMark(report: Report | null): string {
  if (report === null) return '⏳';
  return report.outcome === 'stopped' ? '⏹️' : '❌';
}

function waitBlocks({ queuePosition, waiting }: RunState): KnownBlock[] {
  if (waiting !== null)
    return [contextBlock(`Waiting for a click. After ${longestPause} s in all it goes on by itself.`)];
  if (queuePosition === null) return [];
  return [contextBlock(`Waiting: place ${queuePosition} in the queue`)];
}

/** What whoever started the run can do while it goes on. */
function steerBlock({ key, waiting }: RunState): KnownBlock {
  const stop = { ...button(actionIds.stopRun, 'Stop', key), style: 'danger' as const };
  if (waiting === null) return { type: 'actions', elements: [stop] };
  const next = button(actionIds.nextStep, `Next: ${waiting.title}`, writeStep({ key, index: waiting.index }));
  return { type: 'actions', elements: [{ ...next, style: 'primary' }, stop] };
}

function againBlock(demo: string): KnownBlock {
  return { type: 'actions', elements: [button(actionIds.runDemo, 'Run again', demo)] };
}

function progressText({ title, finished, steps, queuePosition }: RunState): string {
  return queuePosition === null
    ? `${title}: ${finished.length} of ${steps.length} steps done`
    : `${title}: place ${queuePosition} in the queue`;
}
