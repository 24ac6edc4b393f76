import { PackingBroken } from './packing-broken.ts';

/** Where frames begin and end in a zstd stream. */
export type ZstdEvent =
  /** `contentBytes` is what the frame unpacks to as it says itself; Infinity where it does not say. */
  | { readonly type: 'frame'; readonly contentBytes: number }
  | { readonly type: 'bytes'; readonly bytes: Buffer }
  | { readonly type: 'frame-end' };

/** Finds the frames of a stream as it comes in. */
export interface ZstdSplitter {
  /** @throws PackingBroken where no frame stands where one should */
  readonly read: (chunk: Buffer) => Generator<ZstdEvent, void, undefined>;
  /** @throws PackingBroken where the stream ends within a frame */
  readonly finish: () => void;
}

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;

/** Frames of zstd:chunked are one a file; more than this is nobody's layer, and each costs time. */
const maxFrames = 1_000_000;

/**
 * Makes a splitter that reads the headers of frames and blocks, nothing else; frames to skip are left out.
 * Format: https://www.rfc-editor.org/rfc/rfc8878
 */
export function createZstdSplitter(): ZstdSplitter {
  let phase: 'magic' | 'descriptor' | 'fields' | 'skip-size' | 'skip' | 'block' | 'data' | 'checksum' = 'magic';
  const header = Buffer.alloc(24);
  let filled = 0;
  let wanted = 4;
  let left = 0;
  let descriptor = 0;
  let lastBlock = false;
  let frames = 0;

  function* read(chunk: Buffer): Generator<ZstdEvent, void, undefined> {
    let offset = 0;
    // Where the bytes of the current frame begin in this chunk; its head is given out apart.
    let begin = inFrame() ? 0 : -1;
    while (offset < chunk.length) {
      if (phase === 'skip' || phase === 'data' || phase === 'checksum') {
        const taken = Math.min(left, chunk.length - offset);
        offset += taken;
        left -= taken;
      } else {
        const taken = chunk.copy(header, filled, offset, offset + wanted - filled);
        offset += taken;
        filled += taken;
        if (filled < wanted) continue;
        takeHeader();
        if (phase === 'block' && begin === -1) {
          yield { type: 'frame', contentBytes: contentBytes(descriptor, header.subarray(5, filled)) };
          yield { type: 'bytes', bytes: Buffer.from(header.subarray(0, filled)) };
          begin = offset;
        }
        if (wanted <= filled) filled = 0;
      }
      if (left > 0 || !isPart()) continue;
      if (endPart()) {
        yield { type: 'bytes', bytes: chunk.subarray(begin, offset) };
        yield { type: 'frame-end' };
        begin = -1;
      }
    }
    if (begin !== -1 && begin < offset) yield { type: 'bytes', bytes: chunk.subarray(begin, offset) };
  }

  const inFrame = () => phase === 'block' || phase === 'data' || phase === 'checksum';
  const isPart = () => phase === 'skip' || phase === 'data' || phase === 'checksum';

  function expect(next: typeof phase, bytes: number): void {
    phase = next;
    wanted = bytes;
  }

  /** Takes the `wanted` bytes of a header; those of a frame pile up until it is whole. */
  function takeHeader(): void {
    if (phase === 'magic') {
      const magic = header.readUInt32LE();
      if (magic === frameMagic) expect('descriptor', 5);
      else if ((magic & 0xfffffff0) >>> 0 === skippableMagic) expect('skip-size', 8);
      else throw new PackingBroken('between two frames of zstd stands what is none');
    } else if (phase === 'descriptor') {
      frames++;
      if (frames > maxFrames) throw new PackingBroken(`it has more than ${maxFrames} frames of zstd`);
      descriptor = header[4] ?? 0;
      const fields = fieldBytes(descriptor);
      if (fields === 0) expect('block', 3);
      else expect('fields', 5 + fields);
    } else if (phase === 'fields') expect('block', 3);
    else if (phase === 'skip-size') {
      left = header.readUInt32LE(4);
      phase = 'skip';
    } else {
      const head = header.readUIntLE(0, 3);
      const kind = (head >> 1) & 3;
      if (kind === 3) throw new PackingBroken('a block of zstd has a kind that there is not');
      lastBlock = (head & 1) === 1;
      // Of a block that repeats one byte, only that byte stands there.
      left = kind === 1 ? 1 : head >> 3;
      phase = 'data';
    }
  }

  /** @returns whether a frame ends here */
  function endPart(): boolean {
    const whole = phase === 'checksum' || (phase === 'data' && lastBlock && (descriptor & 4) === 0);
    if (phase === 'data' && !lastBlock) expect('block', 3);
    else if (phase === 'data' && !whole) {
      phase = 'checksum';
      left = 4;
    } else expect('magic', 4);
    filled = 0;
    return whole;
  }

  function finish(): void {
    if (phase !== 'magic' || filled > 0) throw new PackingBroken('it breaks off within a frame of zstd');
  }

  return { read, finish };
}

const dictionaryBytes = [0, 1, 2, 4];
const sizeBytes = [0, 2, 4, 8];

/** How many bytes of window, dictionary and size follow a frame's descriptor. */
function fieldBytes(descriptor: number): number {
  const window = isSingle(descriptor) ? 0 : 1;
  return window + (dictionaryBytes[descriptor & 3] ?? 0) + contentFieldBytes(descriptor);
}

function contentFieldBytes(descriptor: number): number {
  const kind = descriptor >> 6;
  return kind === 0 && isSingle(descriptor) ? 1 : (sizeBytes[kind] ?? 0);
}

function contentBytes(descriptor: number, fields: Buffer): number {
  const length = contentFieldBytes(descriptor);
  const field = fields.subarray(fields.length - length);
  if (length === 0) return Number.POSITIVE_INFINITY;
  if (length === 8) return Number(field.readBigUInt64LE());
  return length === 2 ? field.readUInt16LE() + 256 : field.readUIntLE(0, length);
}

/** Whether the frame is one segment, whose window is the content itself. */
function isSingle(descriptor: number): boolean {
  return (descriptor & 0x20) !== 0;
}
