import type { TableBlock } from '@slack/types';
import type { Token, Tokens } from 'marked';
import { alignColumns } from '../../knowledge/align-columns.ts';
import { plainText } from '../../knowledge/plain-text.ts';
import { slackLimits } from './limits.ts';
import { literal, paragraph, toRichText } from './rich-text.ts';

/** Converts a Markdown table to a table block. @returns null where the table is larger than Slack takes */
export function toTable(table: Tokens.Table): TableBlock | null {
  const rows = [table.header, ...table.rows];
  const characters = rows.flat().reduce((sum, cell) => sum + plainText(cell.tokens).length, 0);
  if (rows.length > slackLimits.tableRows || table.header.length > slackLimits.tableColumns) return null;
  if (characters > slackLimits.tableCharacters) return null;
  const block: TableBlock = {
    type: 'table',
    rows: rows.map((row, index) => row.map((cell) => paragraph(cellElements(cell.tokens, index === 0)))),
    column_settings: table.header.map(() => ({ is_wrapped: true })),
  };
  return JSON.stringify(block).length > slackLimits.blockJson ? null : block;
}

/** Writes a Markdown table as text in columns, for a place that shows it in a fixed-width font. */
export function alignTable(table: Tokens.Table): string {
  const rows = [table.header, ...table.rows].map((row) => row.map((cell) => plainText(cell.tokens)));
  return alignColumns(rows).lines.join('\n');
}

/** Slack refuses empty cells. */
function cellElements(tokens: readonly Token[], header: boolean) {
  const elements = toRichText(tokens, header ? { bold: true } : {});
  return elements.length > 0 ? elements : [literal(' ')];
}
