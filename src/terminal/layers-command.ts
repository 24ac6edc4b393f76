import type { Assistant } from '../assistant/assistant.ts';
import { AssistantError } from '../assistant/assistant-error.ts';
import { sizeOf, tellAge, tellComparison, tellSize, tellTotals } from '../assistant/layer-words.ts';
import type { LayerComparison, LayerReport, LayerRow } from '../assistant/layers.ts';
import { renderFiles, tellChanges } from './render-files.ts';
import { exitCode, type Style, type Terminal } from './terminal.ts';
import { writePicture } from './write-picture.ts';

/** How `layers` was called. */
export interface LayersOptions {
  readonly images: readonly [string] | readonly [string, string];
  readonly platform: string | null;
  readonly files: boolean;
  /** A path inside of the image; null for none. */
  readonly path: string | null;
  readonly json: boolean;
  /** The file that the stack of its layers is drawn to; null for none. */
  readonly figure: string | null;
}

const asker = { who: { id: 'terminal' }, where: { id: 'terminal' } };

/**
 * Shows what is in an image, or compares two.
 * @returns 0 where it could, 1 where there is no such image or nobody tells what is in it
 * @throws AssistantError or SandboxError for everything else
 */
export async function showLayers(
  { layers, pictures }: Pick<Assistant, 'layers' | 'pictures'>,
  terminal: Terminal,
  { images: [image, other], json, figure, ...wanted }: LayersOptions,
): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort(new AssistantError('no-layers', 'Stopped'));
  process.once('SIGINT', interrupt);
  try {
    const request = { image, ...wanted, ...asker, signal: stop.signal };
    if (other === undefined) {
      const report = await layers.look(request);
      terminal.out.write(json ? `${JSON.stringify(report)}\n` : renderLayers(report, terminal.style, Date.now()));
      if (figure !== null) await writePicture(await pictures.imageStack(report), figure, terminal);
    } else {
      const compared = await layers.compare(request, other);
      terminal.out.write(json ? `${JSON.stringify(compared)}\n` : renderComparison(compared, terminal.style));
    }
    return exitCode.fine;
  } catch (error) {
    if (!(error instanceof AssistantError) || error.code !== 'no-layers') throw error;
    terminal.err.write(`${error.message}.\n`);
    return exitCode.negative;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** Writes a report for a terminal: the lowest layer first. @param now milliseconds since 1970 */
function renderLayers(report: LayerReport, style: Style, now: number): string {
  const rows = report.layers.map((row) => [
    row.number === null ? '' : String(row.number),
    row.empty ? '' : tellSize(sizeOf(row)),
    tellAge(row.created, now),
    row.base === true ? 'base' : '',
    tellChanges(report, row.number),
    row.instruction ?? '(the history does not say)',
  ]);
  const head = ['', 'size', 'age', '', report.files === null ? '' : 'files', 'instruction'];
  const widths = head.map((word, column) => Math.max(word.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => {
    const padded = cells.slice(0, -1).map((cell, column) => {
      const width = widths[column] ?? 0;
      return column <= 1 ? cell.padStart(width) : cell.padEnd(width);
    });
    const filled = padded.filter((_, column) => (widths[column] ?? 0) > 0);
    return `${filled.join('  ')}  ${cells.at(-1) ?? ''}`.trimEnd();
  };
  const body = rows.map((row, index) => {
    const text = line(row);
    return report.layers[index]?.empty === true ? style.faint(text) : text;
  });
  return `${[
    style.bold(report.image),
    `${tellTotals(report)}.`,
    style.faint(report.digest),
    '',
    style.faint(line(head)),
    ...body,
    ...renderFiles(report, style),
    ...renderAdvice(report, style),
    ...(report.notes.length > 0 ? ['', ...report.notes.map((note) => style.faint(note))] : []),
  ].join('\n')}\n`;
}

function renderAdvice({ advice }: LayerReport, style: Style): string[] {
  if (advice.length === 0) return [];
  return [
    '',
    ...advice.flatMap(({ text, bytes, demo }) => [
      `${style.bad('!')} ${text}${bytes === null ? '' : ` (${tellSize(bytes)})`}.`,
      ...(demo === null ? [] : [style.faint(`  See it happen: ./dockproof demo ${demo}`)]),
    ]),
  ];
}

function renderComparison(compared: LayerComparison, style: Style): string {
  const changes = compared.changed.map(({ side, row }) => {
    const text = `${side === 'a' ? '-' : '+'} ${describe(row)}`;
    return side === 'a' ? style.bad(text) : style.good(text);
  });
  const named = changes.length > 0 ? ['', `- ${compared.a.image}`, `+ ${compared.b.image}`, '', ...changes] : [];
  return `${[...tellComparison(compared), ...named].join('\n')}\n`;
}

function describe(row: LayerRow): string {
  const size = row.empty ? '' : ` (${tellSize(sizeOf(row))})`;
  return `${row.instruction ?? '(the history does not say)'}${size}`;
}
