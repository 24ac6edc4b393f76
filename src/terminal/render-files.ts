import { plainPath, tellSize } from '../assistant/layer-words.ts';
import type { LayerReport } from '../assistant/layers.ts';
import type { Style } from './terminal.ts';

/** Lines of each list. */
const shown = 10;

/** What each reason is called behind "… by layer N". */
const reasons = {
  deleted: 'deleted',
  'directory-removed': 'deleted',
  replaced: 'replaced',
  rewritten: 'written again',
} as const;

/** What one layer did to files: added, changed, removed. @param number the layer's; null for a line without one */
export function tellChanges({ files }: LayerReport, number: number | null): string {
  const layer = number === null ? undefined : files?.layers[number - 1];
  if (layer === undefined) return '';
  const counts = [
    [layer.added, '+'],
    [layer.changed, '~'],
    [layer.removed, '-'],
  ] as const;
  return counts.flatMap(([count, mark]) => (count > 0 ? [`${mark}${count}`] : [])).join(' ');
}

/** Writes what the files of an image tell: a path's history where one was asked for, hidden bytes, largest files, secrets. */
export function renderFiles(report: LayerReport, style: Style): string[] {
  const { files } = report;
  if (files === null) return [];
  const { largest, secrets } = files;
  return [
    ...pathLines(report, style),
    ...hiddenLines(report, style),
    ...list(
      style,
      'Largest files',
      largest,
      ({ bytes, path, layer }) => `${tellSize(bytes)}  ${plainPath(path)}  (layer ${layer})`,
    ),
    ...list(
      style,
      'Names that look like secrets',
      secrets,
      ({ path, layer, hidden }) =>
        `${plainPath(path)}  (layer ${layer}${hidden ? ', hidden later, still stored' : ''})`,
    ),
  ];
}

function hiddenLines({ hidden, files }: LayerReport, style: Style): string[] {
  if (hidden === null || files === null) return [];
  const { stored, live, hidden: bytes, score, pieces } = hidden;
  const sum = `${tellSize(stored)} stored, ${tellSize(live)} to be seen, ${tellSize(bytes)} hidden; score ${percent(score)}`;
  const dive = `dive counts a score of ${percent(files.dive.score)} and ${tellSize(files.dive.wastedBytes)} wasted`;
  const lines = list(
    style,
    'Hidden bytes',
    pieces,
    (piece) =>
      `${tellSize(piece.bytes)}  ${plainPath(piece.path)}  (layer ${piece.writer}, ${reasons[piece.reason]} by layer ${piece.hider})`,
  );
  return ['', `Files: ${sum}.`, style.faint(`${dive}.`), ...lines];
}

function percent(part: number): string {
  return `${(part * 100).toFixed(part === 1 ? 0 : 1)} %`;
}

function pathLines({ files }: LayerReport, style: Style): string[] {
  const path = files?.path ?? null;
  if (path === null) return [];
  const now = path.layer === null ? kinds[path.kind] : `${kinds[path.kind]}, from layer ${path.layer}`;
  const events = path.events.map(({ layer, added, changed, removed, bytes, itself }) => {
    const counts = [
      ...(itself === null ? [] : [itself === 'came' ? 'brought it' : 'took it away']),
      ...(added > 0 ? [`added ${added}`] : []),
      ...(changed > 0 ? [`changed ${changed}`] : []),
      ...(removed > 0 ? [`removed ${removed}`] : []),
    ];
    return `  layer ${layer}: ${counts.join(', ') || 'touched it'}${bytes > 0 ? `, ${tellSize(bytes)}` : ''}`;
  });
  return [
    '',
    style.bold(plainPath(path.path)),
    `In the image: ${now}.`,
    ...(events.length > 0 ? events : ['  No layer has it.']),
  ];
}

const kinds = {
  file: 'a file',
  directory: 'a directory',
  symlink: 'a symbolic link',
  other: 'neither file nor directory',
  absent: 'not there',
} as const;

function list<Item>(style: Style, title: string, items: readonly Item[], tell: (item: Item) => string): string[] {
  if (items.length === 0) return [];
  const more = items.length > shown ? [style.faint(`  … ${items.length - shown} more: --json lists them`)] : [];
  return ['', style.bold(title), ...items.slice(0, shown).map((item) => `  ${tell(item)}`), ...more];
}
