import type { KnownBlock, TableBlock } from '@slack/types';
import { describeCounts, describeWarmStart, type Report, type TestedClaim } from '../../assistant/report.ts';
import { contextBlock } from './elements.ts';
import { literal, paragraph, preformatted } from './rich-text.ts';
import { shorten, shortenLines } from './slack-text.ts';

const outcomeWords = {
  held: '✅ Every claim held.',
  refuted: '❌ A claim was refuted.',
  failed: '⚠️ The run failed.',
  stopped: '⏹️ The run was stopped.',
} as const;

/** Stands above a script. */
export const scriptTitle = 'Try it yourself';
/** Characters of a script that one message shows; quotes and line ends take two in JSON. */
const longestScript = 8000;

/** The end of a run: the outcome, the claims as a table, the receipt. */
export function endBlocks(report: Report): KnownBlock[] {
  const words = [
    literal(outcomeWords[report.outcome], { bold: true }),
    ...(report.error === null ? [] : [literal(` ${shorten(errorWords(report), 1000)}`)]),
  ];
  return [
    paragraph(words),
    ...(report.claims.length > 0 ? [claimTable(report.claims)] : []),
    contextBlock(receiptText(report)),
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
    ? `${engine.product} ${engine.version}, ${store}, kernel ${engine.kernel}, host ${engine.host}`
    : 'no engine';
  const left = leftovers < 0 ? 'leftovers unknown, removed later' : `${leftovers} left over`;
  const loosened = receipt.loosened.length > 0 ? ` Loosened: ${receipt.loosened.join(', ')}.` : '';
  const ahead = receipt.warm === null ? '' : ` Made ahead: ${describeWarmStart(receipt.warm)}.`;
  return `Receipt: ${where}. ${describeCounts(created)} made, ${left}. Limits: ${receipt.limits.join(', ')}.${loosened}${ahead} ${receipt.ms} ms, run ${receipt.runId.slice(0, 8)}.`;
}

/** The script of a run, or what there is room for and where the rest is; nothing where there is none. */
export function scriptBlocks(report: Report): KnownBlock[] {
  if (report.script === '') return [];
  const title = { type: 'rich_text_section' as const, elements: [literal(scriptTitle, { bold: true })] };
  const shown = shortenLines(report.script, longestScript);
  const rest = [literal(`The whole script: ./dockproof demo ${report.demo} --json, in its field "script".`)];
  const elements = [title, preformatted(shown, 'shell')];
  if (shown === report.script) return [{ type: 'rich_text', elements }];
  return [{ type: 'rich_text', elements: [...elements, { type: 'rich_text_section', elements: rest }] }];
}

/** Failures whose words are for whoever runs the bot: they name the engine's address, its certificates or its settings. */
const ofOperator: ReadonlySet<string | null> = new Set(['no-engine', 'engine-denied', 'engine-gone', 'no-base-image']);

/** What failed, in words for the people of a workspace. */
function errorWords({ error, errorCode }: Report): string {
  if (errorCode === 'unexpected')
    return 'Something failed that should not. Run it again; if it stays so, tell whoever runs me: the log says why.';
  if (!ofOperator.has(errorCode)) return error ?? '';
  return 'The Docker engine for demos cannot be used at the moment. Whoever runs me finds out why with ./dockproof doctor and in the log, and starts one with: npm run engine';
}

/** The end of a run in one line. */
export function endText(report: Report): string {
  const held = report.claims.filter((claim) => claim.held === true).length;
  const claims = report.claims.length === 0 ? '' : ` ${held} of ${report.claims.length} claims held.`;
  return `${report.title}: ${outcomeWords[report.outcome]}${claims}${report.error === null ? '' : ` ${errorWords(report)}`}`;
}
