/** An entry to write, with what a header may have that no honest writer would write. */
export interface TarItem {
  readonly path: string;
  /** The type flag; a file (`0`) if not said. */
  readonly flag?: string;
  readonly content?: Buffer | string;
  readonly target?: string;
  readonly mode?: number;
  /** What the header says the size is, where that is not the content's. */
  readonly size?: number;
  /** Records of an extended header before it. */
  readonly pax?: Readonly<Record<string, string>>;
  /** Bytes to write over the header, by offset, before the checksum is made. */
  readonly patch?: Readonly<Record<number, Buffer | string>>;
  /** Blocks between header and content. */
  readonly after?: Buffer;
}

const blockBytes = 512;

/** Writes a tar archive by hand. @param ends whether the two blocks of zeros stand at its end */
export function tarBytes(items: readonly TarItem[], ends = true): Buffer {
  const parts = items.flatMap(itemParts);
  return Buffer.concat(ends ? [...parts, Buffer.alloc(2 * blockBytes)] : parts);
}

function itemParts(item: TarItem): Buffer[] {
  const content = Buffer.from(item.content ?? '');
  const parts: Buffer[] = [];
  if (item.pax) {
    const records = Buffer.concat(Object.entries(item.pax).map(([key, value]) => paxRecord(key, value)));
    parts.push(tarHeader({ path: 'extended', flag: 'x', size: records.length }), padded(records));
  }
  const name = Buffer.from(item.path);
  if (name.length > 100 && item.pax?.path === undefined) parts.push(...longText('L', name));
  const target = Buffer.from(item.target ?? '');
  if (target.length > 100) parts.push(...longText('K', target));
  parts.push(tarHeader({ ...item, size: item.size ?? content.length }), item.after ?? Buffer.alloc(0), padded(content));
  return parts;
}

function longText(flag: string, text: Buffer): Buffer[] {
  const bytes = Buffer.concat([text, Buffer.alloc(1)]);
  return [tarHeader({ path: '././@LongLink', flag, size: bytes.length }), padded(bytes)];
}

/** One record of an extended header; its length counts itself. */
export function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length++;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

/** One header. */
export function tarHeader(item: TarItem): Buffer {
  const block = Buffer.alloc(blockBytes);
  Buffer.from(item.path).copy(block, 0, 0, 100);
  block.write(`${(item.mode ?? 0o644).toString(8).padStart(7, '0')}\0`, 100);
  block.write('0000000\x000000000\0', 108);
  const size = item.size ?? 0;
  if (size < 8 ** 11) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write('00000000000\0', 136);
  block.write(item.flag ?? '0', 156, 'latin1');
  Buffer.from(item.target ?? '').copy(block, 157, 0, 100);
  block.write('ustar\x0000', 257, 'latin1');
  for (const [offset, bytes] of Object.entries(item.patch ?? {})) Buffer.from(bytes).copy(block, Number(offset));
  return withChecksum(block);
}

/** Writes a header's checksum again. */
export function withChecksum(block: Buffer): Buffer {
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes)]);
}
