import { blockBytes, readExtendedHeader, readHeader, TarBroken, type TarEntry, toEntry } from './tar-header.ts';

/** What a tar archive says, piece by piece: an entry, the bytes of its content, its end. */
export type TarEvent =
  | { readonly type: 'entry'; readonly entry: TarEntry }
  | { readonly type: 'content'; readonly bytes: Buffer }
  | { readonly type: 'end' };

/** Reads a tar archive as it comes in. */
export interface TarReader {
  /** @throws TarBroken */
  readonly read: (chunk: Buffer) => Generator<TarEvent, void, undefined>;
  /** To be called after the last chunk. An archive may lack the blocks that end it. @throws TarBroken where it breaks off */
  readonly finish: () => void;
}

/** The most that a long name or an extended header may have, as for Go's archive/tar. */
const maxExtensionBytes = 1024 * 1024;

/**
 * Makes a reader. It keeps one block, and one extension of a header, however large the archive is. What stands after
 * the two blocks of zeros that end an archive is no part of it: engines do not see it either.
 */
export function createTarReader(): TarReader {
  const block = Buffer.alloc(blockBytes);
  let filled = 0;
  let phase: 'header' | 'extension' | 'sparse-map' | 'content' | 'padding' | 'ended' = 'header';
  let left = 0;
  let padding = 0;
  let emptyBlocks = 0;
  let extension = { flag: '', parts: [] as Buffer[] };
  let extended: ReadonlyMap<string, string> = new Map();
  let longName: string | null = null;
  let longTarget: string | null = null;
  let waiting: TarEntry | null = null;

  /** @returns the next whole block, or null where the chunk ends before; then the offset is the chunk's end */
  function takeBlock(chunk: Buffer, offset: number): { block: Buffer | null; offset: number } {
    if (filled === 0 && chunk.length - offset >= blockBytes) {
      return { block: chunk.subarray(offset, offset + blockBytes), offset: offset + blockBytes };
    }
    const copied = chunk.copy(block, filled, offset);
    filled += copied;
    if (filled < blockBytes) return { block: null, offset: offset + copied };
    filled = 0;
    return { block, offset: offset + copied };
  }

  function* read(chunk: Buffer): Generator<TarEvent, void, undefined> {
    let offset = 0;
    while (offset < chunk.length && phase !== 'ended') {
      if (phase === 'header' || phase === 'sparse-map') {
        const taken = takeBlock(chunk, offset);
        offset = taken.offset;
        if (taken.block === null) return;
        if (phase === 'header') yield* openEntry(taken.block);
        else if (taken.block[504] !== 1) yield* startContent();
        continue;
      }
      const part = chunk.subarray(offset, offset + left);
      offset += part.length;
      left -= part.length;
      if (phase === 'content') yield { type: 'content', bytes: part };
      // The chunk is its giver's, who may write over it.
      if (phase === 'extension') extension.parts.push(Buffer.from(part));
      if (left === 0) yield* endPart();
    }
  }

  function* openEntry(bytes: Buffer): Generator<TarEvent, void, undefined> {
    if (isEmpty(bytes)) {
      emptyBlocks++;
      if (emptyBlocks === 2) phase = 'ended';
      return;
    }
    if (emptyBlocks > 0) throw new TarBroken('a header stands where the archive ends');
    const header = readHeader(bytes);
    if ('xgLK'.includes(header.flag)) {
      if (header.size > maxExtensionBytes) throw new TarBroken('a header is extended by more than 1 MiB');
      extension = { flag: header.flag, parts: [] };
      startPart('extension', header.size);
      if (left === 0) yield* endPart();
      return;
    }
    waiting = toEntry(header, extended, longName, longTarget);
    extended = new Map();
    longName = null;
    longTarget = null;
    if (header.sparse?.mapFollows) phase = 'sparse-map';
    else yield* startContent();
  }

  function* startContent(): Generator<TarEvent, void, undefined> {
    if (waiting === null) return;
    yield { type: 'entry', entry: waiting };
    startPart('content', waiting.packed);
    waiting = null;
    if (left === 0) yield* endPart();
  }

  function startPart(next: 'extension' | 'content', size: number): void {
    phase = next;
    left = size;
    padding = (blockBytes - (size % blockBytes)) % blockBytes;
  }

  function* endPart(): Generator<TarEvent, void, undefined> {
    if (phase === 'content') yield { type: 'end' };
    if (phase === 'extension') applyExtension();
    phase = phase !== 'padding' && padding > 0 ? 'padding' : 'header';
    left = phase === 'padding' ? padding : 0;
  }

  function applyExtension(): void {
    const bytes = Buffer.concat(extension.parts);
    if (extension.flag === 'x') extended = readExtendedHeader(bytes);
    // Global headers (`g`) change nothing for engines, so nothing here.
    const [text = ''] = bytes.toString('latin1').split('\0', 1);
    if (extension.flag === 'L') longName = text;
    if (extension.flag === 'K') longTarget = text;
    extension = { flag: '', parts: [] };
  }

  function finish(): void {
    const between = phase === 'header' && filled === 0 && extended.size === 0 && longName === null;
    if (between || phase === 'ended' || phase === 'padding') return;
    throw new TarBroken('the archive breaks off');
  }

  return { read, finish };
}

function isEmpty(block: Buffer): boolean {
  for (let index = 0; index < blockBytes; index++) if (block[index] !== 0) return false;
  return true;
}
