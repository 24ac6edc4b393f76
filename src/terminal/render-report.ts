import type { RunEvent } from '../assistant/assistant.ts';
import { receiptRows } from '../assistant/receipt-text.ts';
import type { Report } from '../assistant/report.ts';
import type { Style } from './terminal.ts';

const outcomeWords = {
  held: 'Every claim held.',
  refuted: 'A claim was refuted.',
  failed: 'The run failed.',
  stopped: 'The run was stopped.',
} as const;

/** Renders one event of a run as it comes; the empty text for those that show nothing. */
export function renderEvent(event: RunEvent, style: Style): string {
  switch (event.type) {
    case 'queued':
      return style.faint(`Waiting: place ${event.position} in the queue\n`);
    case 'started':
      return `${style.bold(event.demo.title)}\n\n`;
    case 'step-started':
      return `${style.bold(`${event.index + 1}. ${event.title}`)}\n`;
    case 'step-finished':
      return `${[
        ...event.step.command.split('\n').map((line) => style.accent(`   $ ${line}`)),
        ...event.step.output.split('\n').map((line) => (line === '' ? '' : `   ${line}`)),
      ]
        .filter((line) => line !== '')
        .join('\n')}\n   ${style.faint(`${event.step.ms} ms`)}\n\n`;
    case 'claim-tested':
      return '';
    case 'finished':
      return renderReport(event.report, style);
  }
}

/** Renders the end of a run: outcome, claims, receipt, and where the script is. */
export function renderReport(report: Report, style: Style): string {
  const mark = (held: boolean | null) => (held === null ? style.faint('–') : held ? style.good('✓') : style.bad('✗'));
  const claims = report.claims.map((claim) =>
    [
      `${mark(claim.held)} ${claim.text}`,
      `    predicted  ${firstLine(claim.predicted)}`,
      `    observed   ${firstLine(claim.observed)}`,
    ].join('\n'),
  );
  const outcome = report.outcome === 'held' ? style.good(outcomeWords.held) : style.bad(outcomeWords[report.outcome]);
  const sections = [
    [style.bold(outcome), ...(report.error === null ? [] : [report.error])].join(' '),
    ...(claims.length > 0 ? [claims.join('\n')] : []),
    renderReceipt(report, style),
    ...(report.script === '' ? [] : [`Try it yourself:\n${indent(report.script.trimEnd())}`]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function renderReceipt(report: Report, style: Style): string {
  const rows = receiptRows(report).map(({ name, value }) => `  ${style.faint(name.padEnd(10))} ${value}`);
  return [style.bold('Receipt'), ...rows].join('\n');
}

function firstLine(text: string): string {
  const [first = '', ...more] = text.split('\n');
  return more.length > 0 ? `${first} …` : first;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
