import { constants, createGunzip, createZstdDecompress, zstdDecompressSync } from 'node:zlib';
import { PackingBroken } from './packing-broken.ts';
import { createZstdSplitter } from './zstd-frames.ts';

/** How a layer is packed, told by its first bytes, as engines do; a media type may lie. */
export type Packing = 'none' | 'gzip' | 'zstd';

/** Unpacks a stream, whatever it is packed with. */
export interface Unpacker {
  /** Takes the next piece; resolves when there is room for more. */
  readonly write: (piece: Buffer) => Promise<void>;
  /** To be called after the last piece. @throws PackingBroken where the stream ends too early */
  readonly finish: () => Promise<void>;
  /** Ends the work early and frees what it holds. */
  readonly stop: () => void;
}

const pieceBytes = 64 * 1024;

/** A frame's window stays in memory: 32 MiB is more than builders write, and what a hostile one may take. */
const zstdWindowLog = 25;

/** Frames of up to this size are unpacked at once: those of zstd:chunked are one for each small file. */
const wholeFrameBytes = 1024 * 1024;

/** Bytes that tell the packing; what is packed in other ways is told by name. */
const magics: readonly { readonly bytes: readonly number[]; readonly name: Packing | 'bzip2' | 'xz' }[] = [
  { bytes: [0x1f, 0x8b], name: 'gzip' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'zstd' },
  { bytes: [0x42, 0x5a, 0x68], name: 'bzip2' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], name: 'xz' },
];

/**
 * Tells from at least six first bytes how a stream is packed.
 * @throws PackingBroken for bzip2 and xz, which nobody's layers use today
 */
export function packingOf(head: Buffer): Packing {
  // A zstd stream may begin with a frame to skip: 0x184D2A50 to 0x184D2A5F, little end first.
  if (((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18) return 'zstd';
  const name = magics.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))?.name ?? 'none';
  if (name === 'bzip2' || name === 'xz') throw new PackingBroken(`it is packed with ${name}, which is not read here`);
  return name;
}

/**
 * Makes an unpacker. It holds some pieces of 64 KiB, and of zstd the window, whatever the stream unpacks to.
 * @param out takes what was unpacked, in order; must not throw
 */
export function createUnpacker(packing: Packing, out: (chunk: Buffer) => void): Unpacker {
  if (packing === 'gzip') return throughStream(createGunzip({ chunkSize: pieceBytes }), out);
  if (packing === 'zstd') return throughFrames(out);
  return { write: async (piece) => out(piece), finish: async () => undefined, stop: () => undefined };
}

/** A stream of Node's zlib; several members of gzip one after another are one stream to it. */
function throughStream(
  stream: ReturnType<typeof createGunzip | typeof createZstdDecompress>,
  out: (chunk: Buffer) => void,
): Unpacker {
  let failure: Error | null = null;
  let wake = () => {};
  stream.on('data', out);
  stream.on('drain', () => wake());
  stream.on('end', () => wake());
  stream.on('close', () => wake());
  stream.on('error', (cause) => {
    failure = new PackingBroken(`it cannot be unpacked: ${cause.message}`, { cause });
    wake();
  });
  const waited = () => new Promise<void>((resolve) => (wake = resolve));
  return {
    write: async (piece) => {
      if (failure !== null) throw failure;
      if (!stream.destroyed && !stream.write(piece)) await waited();
      if (failure !== null) throw failure;
    },
    finish: async () => {
      if (failure === null && !stream.destroyed && !stream.readableEnded) {
        stream.end();
        await waited();
      }
      if (failure !== null) throw failure;
    },
    stop: () => void stream.destroy(),
  };
}

/** Frame by frame, since Node's zlib stops after the first one without a word (nodejs/node#64741). */
function throughFrames(out: (chunk: Buffer) => void): Unpacker {
  const split = createZstdSplitter();
  let current: Unpacker | null = null;
  let held: Buffer | null = null;
  let heldBytes = 0;
  let whole = false;
  let stopped = false;

  const openStream = () =>
    throughStream(
      createZstdDecompress({ chunkSize: pieceBytes, params: { [constants.ZSTD_d_windowLogMax]: zstdWindowLog } }),
      out,
    );

  async function take(bytes: Buffer): Promise<void> {
    if (current === null && whole && heldBytes + bytes.length <= wholeFrameBytes) {
      held ??= Buffer.allocUnsafe(wholeFrameBytes);
      heldBytes += bytes.copy(held, heldBytes);
      return;
    }
    if (current === null) {
      current = openStream();
      if (held !== null && heldBytes > 0) await current.write(Buffer.from(held.subarray(0, heldBytes)));
      heldBytes = 0;
    }
    await current.write(bytes);
  }

  async function endFrame(): Promise<void> {
    if (current !== null) await current.finish();
    else if (held !== null) out(unpackFrame(held.subarray(0, heldBytes)));
    current = null;
    heldBytes = 0;
  }

  return {
    write: async (piece) => {
      for (const event of split.read(piece)) {
        if (stopped) return;
        if (event.type === 'frame') whole = event.contentBytes <= wholeFrameBytes;
        else if (event.type === 'bytes') await take(event.bytes);
        else await endFrame();
      }
    },
    finish: async () => split.finish(),
    stop: () => {
      stopped = true;
      current?.stop();
    },
  };
}

function unpackFrame(frame: Buffer): Buffer {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: wholeFrameBytes });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PackingBroken(`it cannot be unpacked: ${reason}`, { cause });
  }
}
