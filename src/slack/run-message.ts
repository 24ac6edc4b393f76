import type { KnownBlock, RichTextBlockElement, TableBlock } from '@slack/types';
import type { DemoSummary, RunEvent } from '../assistant/assistant.ts';
import type { Report, Step, TestedClaim } from '../assistant/report.ts';
import { actionIds } from './action-ids.ts';
import { slackLimits } from './limits.ts';
import { preformatted } from './markdown-blocks.ts';
import { type SlackMessage, toMessage } from './message.ts';
import { literal } from './rich-text.ts';
import { shorten, shortenLines } from './slack-text.ts';

/** What is known of a run so far. A new value is made for each event. */
export interface RunState {
  /** Names the run to its Stop button. */
  readonly key: string;
  readonly title: string;
  readonly queuePosition: number | null;
  readonly steps: readonly string[];
  readonly current: number | null;
  readonly finished: readonly Step[];
  readonly report: Report | null;
}

const outcomeWords = {
  held: '✅ Every claim held.',
  refuted: '❌ A claim was refuted.',
  failed: '⚠️ The run failed.',
  stopped: '⏹️ The run was stopped.',
} as const;

/** The state before anything happened. */
export function newRun(key: string, demo: DemoSummary): RunState {
  return { key, title: demo.title, queuePosition: null, steps: demo.steps, current: null, finished: [], report: null };
}

/** The state after one more event. */
export function advanceRun(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'queued':
      return { ...state, queuePosition: event.position };
    case 'started':
      return { ...state, queuePosition: null };
    case 'step-started':
      return { ...state, current: event.index };
    case 'step-finished':
      return { ...state, current: null, finished: [...state.finished, event.step] };
    case 'claim-tested':
      return state;
    case 'finished':
      return { ...state, report: event.report };
  }
}

/** Shows a run: its steps as they stand and, at its end, the claims, the receipt and the script if there is room. */
export function runMessage(state: RunState): SlackMessage {
  const { report } = state;
  if (report === null)
    return toMessage(progressText(state), [
      header(state.title),
      ...stepBlocks(state, 900),
      ...waitBlocks(state),
      stopBlock(state.key),
    ]);
  for (const room of [900, 400, 150]) {
    const blocks = [header(state.title), ...stepBlocks(state, room), ...endBlocks(report), ...scriptBlocks(report)];
    if (JSON.stringify(blocks).length <= slackLimits.blocksJson) return toMessage(endText(report), blocks);
  }
  return toMessage(endText(report), [header(state.title), ...stepBlocks(state, 150), ...endBlocks(report)]);
}

/** The script as a message of its own, where it did not fit into the run's; null where it did, or there is none. */
export function scriptMessage(state: RunState): SlackMessage | null {
  const { report } = state;
  if (report === null || report.script === '') return null;
  const shown = JSON.stringify(runMessage(state).blocks).includes(scriptTitle);
  return shown ? null : toMessage(scriptTitle, scriptBlocks(report));
}

const scriptTitle = 'Try it yourself';

function header(title: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: shorten(title, slackLimits.headerText), emoji: false } };
}

function stepBlocks(state: RunState, room: number): KnownBlock[] {
  return state.steps.map((title, index): KnownBlock => {
    const step = state.finished[index];
    const mark = step ? '✅' : index === state.current ? '⏳' : state.report === null ? '▫️' : '➖';
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
    if (step) {
      const commands = step.command.split('\n').map((line) => `$ ${line}`);
      elements.push(
        preformatted(shortenLines([...commands, ...(step.output === '' ? [] : [step.output])].join('\n'), room)),
      );
    }
    return { type: 'rich_text', elements };
  });
}

function waitBlocks({ queuePosition }: RunState): KnownBlock[] {
  if (queuePosition === null) return [];
  return [
    {
      type: 'context',
      elements: [{ type: 'plain_text', text: `Waiting: place ${queuePosition} in the queue`, emoji: false }],
    },
  ];
}

function stopBlock(key: string): KnownBlock {
  return {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: actionIds.stopRun,
        text: { type: 'plain_text', text: 'Stop', emoji: false },
        value: key,
        style: 'danger',
      },
    ],
  };
}

function endBlocks(report: Report): KnownBlock[] {
  const words = [
    literal(outcomeWords[report.outcome], { bold: true }),
    ...(report.error === null ? [] : [literal(` ${shorten(report.error, 1000)}`)]),
  ];
  return [
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: words }] },
    ...(report.claims.length > 0 ? [claimTable(report.claims)] : []),
    {
      type: 'context',
      elements: [{ type: 'plain_text', text: shorten(receiptText(report), slackLimits.contextText), emoji: false }],
    },
  ];
}

function claimTable(claims: readonly TestedClaim[]): TableBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text: text.trim() === '' ? ' ' : shorten(text, 200) });
  const held = (claim: TestedClaim) => (claim.held === null ? 'not run' : claim.held ? '✅ held' : '❌ refuted');
  return {
    type: 'table',
    rows: [
      ['Claim', 'Predicted', 'Observed', 'Result'].map(cell),
      ...claims.map((claim) => [cell(claim.text), cell(claim.predicted), cell(claim.observed), cell(held(claim))]),
    ],
    column_settings: [{ is_wrapped: true }, { is_wrapped: true }, { is_wrapped: true }, { is_wrapped: false }],
  };
}

function receiptText({ receipt }: Report): string {
  const { engine, created, leftovers } = receipt;
  const store = engine?.containerdStore === true ? 'containerd image store' : engine?.storageDriver;
  const where = engine
    ? `Docker ${engine.version}, ${store}, kernel ${engine.kernel}, host ${engine.host}`
    : 'no engine';
  const left = leftovers < 0 ? 'leftovers unknown, removed later' : `${leftovers} left over`;
  const loosened = receipt.loosened.length > 0 ? ` Loosened: ${receipt.loosened.join(', ')}.` : '';
  return `Receipt: ${where}. ${created.containers} containers, ${created.images} images, ${created.volumes} volumes made, ${left}. Limits: ${receipt.limits.join(', ')}.${loosened} ${receipt.ms} ms, run ${receipt.runId.slice(0, 8)}.`;
}

function scriptBlocks(report: Report): KnownBlock[] {
  if (report.script === '') return [];
  const title = { type: 'rich_text_section' as const, elements: [literal(scriptTitle, { bold: true })] };
  return [{ type: 'rich_text', elements: [title, preformatted(shortenLines(report.script, 9000))] }];
}

function progressText({ title, finished, steps, queuePosition }: RunState): string {
  return queuePosition === null
    ? `${title}: ${finished.length} of ${steps.length} steps done`
    : `${title}: place ${queuePosition} in the queue`;
}

function endText(report: Report): string {
  const held = report.claims.filter((claim) => claim.held === true).length;
  return `${report.title}: ${outcomeWords[report.outcome]} ${held} of ${report.claims.length} claims held.${report.error === null ? '' : ` ${report.error}`}`;
}
