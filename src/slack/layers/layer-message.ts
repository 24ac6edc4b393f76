import type { Button, KnownBlock, RichTextElement } from '@slack/types';
import { plainPath, sizeOf, tellComparison, tellSize, tellTotals } from '../../assistant/layer-words.ts';
import type { LayerComparison, LayerReport, LayerRow } from '../../assistant/layers.ts';
import { button, contextBlock } from '../blocks/elements.ts';
import { type SlackMessage, toMessage, toMessages } from '../blocks/message.ts';
import { literal, paragraph, preformatted } from '../blocks/rich-text.ts';
import { divideLines, shorten } from '../blocks/slack-text.ts';
import { actionIds, numbered } from '../presses/action-ids.ts';

/** What a channel gets, in rows and characters: 600 in all; the whole is told in private. */
const short = { rows: 5, instruction: 36, image: 70, advice: 110 } as const;
/** Characters of a line where all are shown, lines of the history and of each list of files, and characters of a block. */
const whole = { instruction: 120, rows: 150, text: 2800, files: 8 } as const;
const notTold = '(the history does not say)';

/** Shows an image's largest layers in a message that a channel can bear. @param command what shows all of it */
export function shortLayers(report: LayerReport, command: string): SlackMessage {
  const rows = largest(report.layers);
  const all = report.layers.filter(({ empty }) => !empty);
  const rest = all.length - rows.length;
  const table = rows.map((row) => [String(row.number), tellSize(sizeOf(row)), instructionOf(row, short.instruction)]);
  const title = shorten(report.image, short.image);
  const summary = `${tellTotals(report)}.`;
  const left = rest > 0 ? `${rest} smaller ${rest === 1 ? 'layer is' : 'layers are'} left out. ` : '';
  const more = `${left}All lines: ${command}`;
  const [advice] = report.advice;
  const found = advice === undefined ? [] : [shorten(tellAdvice(advice), short.advice)];
  const blocks: KnownBlock[] = [
    paragraph([literal(title, { bold: true }), literal(`\n${summary}`)]),
    ...(table.length === 0 ? [] : [tableBlock(table)]),
    ...found.map((text) => paragraph([literal(text)])),
    ...adviceButtons(report),
    contextBlock(shorten(more, 150)),
  ];
  const lines = table.map(([number, size, instruction]) => `Layer ${number}: ${size}, ${instruction}`);
  return toMessage([title, summary, ...lines, ...found].join('\n'), blocks);
}

/** Shows every line of an image's history, to one person. */
export function wholeLayers(report: LayerReport): SlackMessage[] {
  const shown = report.layers.slice(0, whole.rows);
  const left = report.layers.length - shown.length;
  const width = Math.max(...shown.map((row) => tellSize(sizeOf(row)).length), 1);
  const lines = shown.map((row) => {
    const size = row.empty ? '' : tellSize(sizeOf(row));
    const mark = row.base === true ? ' base ' : ' ';
    return `${String(row.number ?? '').padStart(3)} ${size.padStart(width)}${mark}${instructionOf(row, whole.instruction)}`;
  });
  const notes = [...report.notes, ...(left > 0 ? [`${left} more lines are left out.`] : [])];
  const advice = report.advice.map(tellAdvice);
  const files = fileLines(report);
  const head: RichTextElement[] = [
    literal(report.image, { bold: true }),
    literal(`\n${tellTotals(report)}.\n${report.digest}`),
  ];
  const text = [report.image, tellTotals(report), ...files, ...lines, ...advice, ...notes].join('\n');
  return toMessages(text, [
    paragraph(head),
    ...codeBlocks(lines),
    ...(files.length === 0 ? [] : [paragraph([literal('Files', { bold: true })]), ...codeBlocks(files)]),
    ...(advice.length === 0 ? [] : [paragraph([literal(shorten(advice.join('\n'), whole.text))])]),
    ...adviceButtons(report),
    ...(notes.length === 0 ? [] : [contextBlock(notes.join(' '))]),
  ]);
}

/** What its files tell: hidden bytes and the largest pieces of them, and the largest files. */
function fileLines({ hidden, files }: LayerReport): string[] {
  if (hidden === null || files === null) return [];
  const { stored, live, hidden: bytes, pieces } = hidden;
  return [
    `${tellSize(stored)} stored, ${tellSize(live)} to be seen, ${tellSize(bytes)} hidden`,
    ...pieces
      .slice(0, whole.files)
      .map(
        ({ bytes: size, path, writer, hider }) =>
          `hidden ${tellSize(size)} ${plainPath(path)} (layer ${writer}, by layer ${hider})`,
      ),
    ...files.largest
      .slice(0, whole.files)
      .map(({ bytes: size, path, layer }) => `large  ${tellSize(size)} ${plainPath(path)} (layer ${layer})`),
  ].map((line) => shorten(line, whole.instruction));
}

/** Shows what two images share. */
export function comparisonMessages(compared: LayerComparison): SlackMessage[] {
  const said = tellComparison(compared);
  const lines = compared.changed.slice(0, whole.rows).map(({ side, row }) => {
    const size = row.empty ? '' : ` (${tellSize(sizeOf(row))})`;
    return `${side === 'a' ? '-' : '+'} ${instructionOf(row, whole.instruction)}${size}`;
  });
  const named = [`- ${compared.a.image}`, `+ ${compared.b.image}`];
  return toMessages([...said, ...lines].join('\n'), [
    paragraph([literal(shorten(said.join('\n'), whole.text))]),
    ...(lines.length === 0 ? [] : codeBlocks([...named, '', ...lines])),
  ]);
}

/** The largest layers, in their order. */
function largest(rows: readonly LayerRow[]): readonly LayerRow[] {
  const layers = rows.filter(({ empty }) => !empty);
  const chosen = layers.toSorted((a, b) => (sizeOf(b) ?? 0) - (sizeOf(a) ?? 0)).slice(0, short.rows);
  return layers.filter((row) => chosen.includes(row));
}

function instructionOf({ instruction }: LayerRow, most: number): string {
  return instruction === null ? notTold : shorten(instruction, most);
}

function tellAdvice({ text, bytes }: LayerReport['advice'][number]): string {
  return `⚠ ${text}${bytes === null ? '' : ` (${tellSize(bytes)})`}.`;
}

/** What the first advice leads to: its demo, and its entry. */
function adviceButtons({ advice: [first] }: LayerReport): KnownBlock[] {
  if (first === undefined) return [];
  const elements: Button[] = [
    ...(first.demo === null ? [] : [button(actionIds.runDemo, 'See it happen', first.demo)]),
    button(numbered(actionIds.showEntry, 0), 'What to do', first.entry),
  ];
  return [{ type: 'actions', elements }];
}

function tableBlock(rows: readonly (readonly string[])[]): KnownBlock {
  const cells = (row: readonly string[], bold: boolean) =>
    row.map((text, column) =>
      paragraph([literal(text, bold ? { bold: true } : column === row.length - 1 ? { code: true } : {})]),
    );
  return {
    type: 'table',
    rows: [cells(['Layer', 'Size', 'Instruction'], true), ...rows.map((row) => cells(row, false))],
    column_settings: [{ align: 'right' }, { align: 'right' }, { is_wrapped: true }],
  };
}

function codeBlocks(lines: readonly string[]): KnownBlock[] {
  return divideLines(lines.join('\n'), whole.text).map((text) => ({
    type: 'rich_text',
    elements: [preformatted(text)],
  }));
}
