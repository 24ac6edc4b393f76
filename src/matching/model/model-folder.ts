import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PackDamaged, type Shape, type Shaped, unpack } from './packed.ts';

/**
 * How many files a folder keeps: models of a book before and after a change, with and without a team's own folders, and
 * what `check` remembers of each version of the rules.
 */
const mostModels = 6;
/** What a dead process left half-written is removed after this many milliseconds. */
const abandoned = 60 * 60 * 1000;

/** A folder for learned models; each is a file that is named by the key of what it was learned from. */
export interface ModelFolder {
  readonly path: string;
  /** Told, in one line, where a model cannot be read or kept. */
  readonly tell: (line: string) => void;
}

/** Reads the model of a key. @returns null where there is none that can be used */
export function readModel<S extends Shape>({ path, tell }: ModelFolder, key: string, shape: S): Shaped<S> | null {
  const file = fileOf(path, key);
  try {
    const model = unpack(shape, readBytes(file), key);
    markUsed(file);
    return model;
  } catch (error) {
    if (isMissing(error)) return null;
    const reason = error instanceof PackDamaged ? error.message : messageOf(error);
    tell(`The learned model ${file} is not used: ${reason}. The book is learned again.`);
    return null;
  }
}

/**
 * Keeps the model of a key, and removes old ones. A reader sees the whole file or none, and of two processes that write
 * it at once the last one wins with the same bytes. Where it cannot be kept nothing but time is lost.
 */
export function keepModel({ path, tell }: ModelFolder, key: string, bytes: ArrayBuffer): void {
  const file = fileOf(path, key);
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    mkdirSync(path, { recursive: true });
    writeDurably(unfinished, bytes);
    renameSync(unfinished, file);
    tidy(path);
  } catch (error) {
    removeQuietly(unfinished);
    tell(`The learned model cannot be kept: ${messageOf(error)}. Answers work; the next start learns the book again.`);
  }
}

/** The file of a key's model in a folder. */
export function fileOf(folder: string, key: string): string {
  return join(folder, `${key.slice(0, 32)}.model`);
}

/** Models that are used longest ago are removed first. */
function markUsed(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Somebody else's file: whoever made it sees to it.
  }
}

/** In memory of its own, so that numbers lie where they can be read. */
function readBytes(file: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  if (byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

function writeDurably(file: string, bytes: ArrayBuffer): void {
  const descriptor = openSync(file, 'wx');
  try {
    writeFileSync(descriptor, new Uint8Array(bytes));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function tidy(folder: string): void {
  const files = readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    return changed === undefined ? [] : [{ file, changed }];
  });
  const models = files.filter(({ file }) => file.endsWith('.model')).sort((a, b) => b.changed - a.changed);
  const left = files.filter(({ file, changed }) => file.endsWith('.tmp') && changed < Date.now() - abandoned);
  for (const { file } of [...models.slice(mostModels), ...left]) removeQuietly(file);
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Another process has removed it, or its folder is not one.
  }
}

/** Also where the folder is not one: whoever tries to keep the model there will be told. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
