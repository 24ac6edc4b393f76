import { at } from './column.ts';
import { diveFigures } from './dive-figures.ts';
import { type EntryTable, entryKind } from './entry-table.ts';
import type { FileLimits } from './file-limits.ts';
import type { HiddenBytes, ImageFiles, PathHistory } from './image-files.ts';
import type { LayerFiles } from './layer-reader.ts';
import { noteLayers, noteStack } from './note-files.ts';
import { describePath, findPath, toEntryName } from './path-history.ts';
import type { PlacedLayer } from './placed-layer.ts';
import { runInTurns } from './run-in-turns.ts';
import { looksLikeSecret } from './secret-names.ts';
import type { Stack } from './stack.ts';
import { stackLayers } from './stack-layers.ts';

/** What to tell of an image's files. */
export interface FileOptions {
  readonly limits: FileLimits;
  /** A path whose history is wanted, as a person wrote it; null for none. */
  readonly path: string | null;
  readonly signal?: AbortSignal;
}

/** So many entries between two looks at the clock. */
const entriesPerTurn = 2000;

/**
 * Works out what the layers of an image tell together.
 * @param layers lowest first
 * @param notes what was noticed while they were read
 */
export async function describeFiles(
  table: EntryTable,
  layers: readonly PlacedLayer[],
  notes: readonly string[],
  options: FileOptions,
): Promise<ImageFiles> {
  const { limits, signal } = options;
  const ranges = layers.map(({ files }) => files);
  const plain = await runInTurns(stackLayers(table, ranges, limits.listed, 0), signal);
  const name = options.path === null ? null : toEntryName(options.path);
  const node = name === null ? 0 : findPath(table, plain, name);
  const stack = node === 0 ? plain : await runInTurns(stackLayers(table, ranges, limits.listed, node), signal);
  const dive = await runInTurns(diveFigures(table, ranges), signal);
  const secrets = await runInTurns(findSecrets(table, ranges, stack, limits.listed), signal);
  const layerNotes = noteLayers(layers);
  const stackNotes = noteStack(stack, secrets.more);
  return {
    complete: layerNotes.complete && !stack.full,
    hidden: ranges.some((files) => files !== null) ? hiddenOf(stack) : null,
    layers: layers.map(({ files }, index) => ({
      layer: index + 1,
      ...layerSums(stack, index),
      packed: files?.packed ?? null,
      unpacked: files?.unpacked ?? null,
      digest: files?.digest ?? null,
      diffId: files?.diffId ?? null,
    })),
    largest: stack.largest,
    secrets: secrets.found,
    dive,
    path: options.path === null ? null : node === 0 ? absentPath(options.path) : describePath(table, stack, node),
    notes: [...notes, ...layerNotes.notes, ...stackNotes],
  };
}

function hiddenOf({ stored, live, pieces, rest }: Stack): HiddenBytes {
  return { stored, live, hidden: stored - live, score: stored === 0 ? 1 : live / stored, pieces, rest };
}

function layerSums(stack: Stack, index: number) {
  const layer = stack.layers[index];
  const { added, changed, removed } = layer?.changes ?? { added: 0, changed: 0, removed: 0 };
  const { stored, hidden, hides, contents } = layer ?? { stored: 0, hidden: 0, hides: 0, contents: 0 };
  return { added, changed, removed, stored, hidden, hides, contents };
}

function absentPath(path: string): PathHistory {
  return { path, kind: 'absent', layer: null, bytes: 0, events: [] };
}

function* findSecrets(
  table: EntryTable,
  layers: readonly (LayerFiles | null)[],
  stack: Stack,
  listed: number,
): Generator<void, { found: ImageFiles['secrets']; more: number }, undefined> {
  const columns = table.columns();
  const found: { path: string; layer: number; hidden: boolean }[] = [];
  let more = 0;
  for (const [index, files] of layers.entries()) {
    for (let entry = files?.first ?? 0; entry < (files?.end ?? 0); entry++) {
      if (entry % entriesPerTurn === 0) yield;
      if (at(columns.kinds, entry) !== entryKind.file || at(columns.sizes, entry) === 0) continue;
      const node = at(columns.nodes, entry);
      if (!looksLikeSecret(table.paths.nameOf(node), () => table.paths.pathOf(node))) continue;
      const hidden = stack.writerOf(node) !== index + 1;
      if (found.length < listed) found.push({ path: table.paths.pathOf(node), layer: index + 1, hidden });
      else more++;
    }
  }
  return { found, more };
}
