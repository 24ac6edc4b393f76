import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type EntryPath, readEntryPath, readMarker } from './entry-path.ts';
import { type EntryTable, entryKind } from './entry-table.ts';
import { PackingBroken } from './packing-broken.ts';
import { rootNode } from './path-table.ts';
import { TarBroken, type TarEntry } from './tar-header.ts';
import { createTarReader } from './tar-reader.ts';
import { createUnpacker, packingOf, type Unpacker } from './unpack.ts';

/** Entries that count for nothing, and the bytes of their files. */
export interface LeftOut {
  entries: number;
  bytes: number;
}

/** What was read of a layer's archive. */
export interface LayerFiles {
  /** Its entries in the table: from `first`, up to but without `end`. */
  readonly first: number;
  readonly end: number;
  /** `sha256:…` of the archive as it came, and its bytes. */
  readonly digest: string;
  readonly packed: number;
  /** `sha256:…` of the archive unpacked, and its bytes; the digest is null where it was not read to its end. */
  readonly diffId: string | null;
  readonly unpacked: number;
  /** Why it could not be read whole, as the end of a sentence; null if it could. */
  readonly problem: string | null;
  /** What no engine would make: names that lead out of the image or are too long, kinds that there are not. */
  readonly refused: Readonly<LeftOut>;
  /** What is beyond a cap. */
  readonly beyond: Readonly<LeftOut>;
  /** Files with holes, which count here. */
  readonly sparse: number;
  /** Names that look like whiteouts and are none. */
  readonly invalidMarkers: number;
}

/** Reads one layer as it comes in. */
export interface LayerReader {
  /** Takes the next piece; resolves when there is room for more. Never throws: what is wrong stands in the result. */
  readonly write: (piece: Buffer) => Promise<void>;
  readonly finish: () => Promise<LayerFiles>;
  /** Ends the work early and frees what it holds. @param reason as the end of a sentence */
  readonly stop: (reason: string) => void;
}

/** What all layers of an image may unpack to together; it shrinks as they are read. */
export interface UnpackBudget {
  bytes: number;
}

/** So many first bytes tell how a stream is packed. */
const magicBytes = 6;

/**
 * Makes a reader that adds a layer's entries to the table. One layer is to be read after the other, since the entries of
 * each stand together. Memory: some pieces of 64 KiB, and what the table grows by.
 */
export function createLayerReader(table: EntryTable, budget: UnpackBudget): LayerReader {
  const first = table.count();
  const packedHash = createHash('sha256');
  const unpackedHash = createHash('sha256');
  const tar = createTarReader();
  const refused: LeftOut = { entries: 0, bytes: 0 };
  const beyond: LeftOut = { entries: 0, bytes: 0 };
  let head = Buffer.alloc(0);
  let unpacker: Unpacker | null = null;
  let isPacked = false;
  let packed = 0;
  let unpacked = 0;
  let problem: string | null = null;
  let isUnpackedWhole = true;
  let isTarWhole = true;
  let sparse = 0;
  let invalidMarkers = 0;
  let current: TarEntry | null = null;
  let checksum = 0;
  let lastFolder = '';
  let lastFolderNode = rootNode;

  function fail(reason: string): void {
    problem ??= reason;
  }

  function stopUnpacking(reason: string): void {
    fail(reason);
    isUnpackedWhole = false;
    unpacker?.stop();
  }

  /** Takes unpacked bytes; must not throw, since zlib's streams call it. */
  function accept(chunk: Buffer): void {
    if (!isUnpackedWhole) return;
    budget.bytes -= chunk.length;
    if (budget.bytes < 0) {
      stopUnpacking('the image unpacks to more than is read here');
      return;
    }
    unpacked += chunk.length;
    if (isPacked) unpackedHash.update(chunk);
    if (isTarWhole) readTar(() => takeEvents(chunk));
  }

  function readTar(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof TarBroken)) throw error;
      fail(error.message);
      isTarWhole = false;
    }
  }

  function takeEvents(chunk: Buffer): void {
    for (const event of tar.read(chunk)) {
      if (event.type === 'entry') {
        current = event.entry;
        checksum = 0;
      } else if (event.type === 'content') {
        if (current?.kind === 'file') checksum = crc32(event.bytes, checksum);
      } else if (current !== null) {
        addEntry(current, checksum);
        current = null;
      }
    }
  }

  function addEntry(entry: TarEntry, checksum: number): void {
    if (entry.sparse) sparse++;
    const path = entry.kind === 'unknown' ? null : readEntryPath(entry.name);
    if (path === null) leaveOut(refused, entry);
    else addAt(path, entry, checksum);
  }

  function addAt(path: EntryPath, entry: TarEntry, checksum: number): void {
    const marker = readMarker(path);
    if (marker.type === 'invalid') invalidMarkers++;
    if (marker.type === 'invalid' || marker.type === 'ignored') return;
    if (marker.type === 'none' && path.base === '') return;
    const folder = folderNode(path.folders);
    const node =
      marker.type === 'opaque' || folder === 0 ? folder : table.paths.child(folder, hiddenOrOwn(marker, path));
    const kind = marker.type === 'none' ? entryKind[ownKind(entry)] : entryKind[marker.type];
    const target = node === 0 || marker.type !== 'none' ? 0 : targetOf(entry);
    const size = marker.type === 'none' ? (entry.kind === 'symlink' ? entry.target.length : entry.size) : 0;
    const added = node !== 0 && target !== null && table.add({ node, kind, size, checksum, target });
    if (!added) leaveOut(beyond, entry);
  }

  function leaveOut(sum: LeftOut, entry: TarEntry): void {
    sum.entries++;
    sum.bytes += entry.size;
  }

  function folderNode(folders: readonly string[]): number {
    const joined = folders.join('/');
    if (joined === lastFolder) return lastFolderNode;
    let node = rootNode;
    for (const name of folders) {
      node = table.paths.child(node, name);
      if (node === 0) return 0;
    }
    lastFolder = joined;
    lastFolderNode = node;
    return node;
  }

  /** @returns null where there is no room for it */
  function targetOf(entry: TarEntry): number | null {
    if (entry.kind === 'symlink') return table.paths.keepText(entry.target);
    if (entry.kind !== 'link') return 0;
    const path = readEntryPath(entry.target);
    if (path === null || path.base === '') return 0;
    let node = rootNode;
    for (const name of [...path.folders, path.base]) if (node !== 0) node = table.paths.child(node, name);
    return node === 0 ? null : node;
  }

  async function unpack(action: () => Promise<void>): Promise<void> {
    if (!isUnpackedWhole) return;
    try {
      await action();
    } catch (error) {
      if (!(error instanceof PackingBroken)) throw error;
      stopUnpacking(error.message);
    }
  }

  function open(): Unpacker {
    const packing = packingOf(head);
    isPacked = packing !== 'none';
    unpacker = createUnpacker(packing, accept);
    return unpacker;
  }

  async function write(piece: Buffer): Promise<void> {
    packed += piece.length;
    packedHash.update(piece);
    if (unpacker !== null) return unpack(async () => unpacker?.write(piece));
    head = Buffer.concat([head, piece]);
    if (head.length >= magicBytes) await unpack(() => open().write(head));
  }

  async function finish(): Promise<LayerFiles> {
    await unpack(async () => {
      if (unpacker === null) await open().write(head);
      await unpacker?.finish();
    });
    if (isUnpackedWhole && isTarWhole) readTar(tar.finish);
    const digest = `sha256:${packedHash.digest('hex')}`;
    const unpackedDigest = isPacked ? `sha256:${unpackedHash.digest('hex')}` : digest;
    const diffId = isUnpackedWhole ? unpackedDigest : null;
    const range = { first, end: table.count() };
    return { ...range, digest, packed, diffId, unpacked, problem, refused, beyond, sparse, invalidMarkers };
  }

  return { write, finish, stop: stopUnpacking };
}

function hiddenOrOwn(marker: ReturnType<typeof readMarker>, path: { readonly base: string }): string {
  return marker.type === 'whiteout' ? marker.hides : path.base;
}

function ownKind(entry: TarEntry): 'file' | 'directory' | 'symlink' | 'link' | 'device' {
  return entry.kind === 'unknown' ? 'device' : entry.kind;
}
