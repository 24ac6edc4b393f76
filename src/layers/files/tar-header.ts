/** What an entry of a tar archive is. `unknown` is a kind that engines refuse. */
export type TarKind = 'file' | 'directory' | 'symlink' | 'link' | 'device' | 'unknown';

/** An entry of a tar archive. Names have one character a byte. */
export interface TarEntry {
  readonly name: string;
  readonly kind: TarKind;
  /** Bytes of the file; of a sparse one with its holes. */
  readonly size: number;
  /** Bytes that follow in the archive. */
  readonly packed: number;
  /** What a symbolic or hard link names; empty for all else. */
  readonly target: string;
  readonly sparse: boolean;
}

/** A block of 512 bytes as it stands, before what extends it is applied. */
export interface TarHeader {
  /** The type flag, one character. */
  readonly flag: string;
  readonly name: string;
  readonly target: string;
  readonly size: number;
  /** Of GNU's old sparse files: the size with holes, and whether blocks of the map follow. */
  readonly sparse: { readonly size: number; readonly mapFollows: boolean } | null;
}

/** The archive is not what a tar archive must be; engines refuse it too. */
export class TarBroken extends Error {
  override readonly name = 'TarBroken';
  readonly code = 'tar-broken';
}

/** Holes cost nothing in an archive, so that a size with holes can be a lie: 8 TiB is half of what ext4 takes. */
const maxSparseBytes = 2 ** 43;

/** The size of a tar archive's blocks. */
export const blockBytes = 512;

/**
 * Reads a header: ustar, GNU, star and the oldest. Limits and refusals are those of Go's archive/tar, since engines
 * read with that (https://pkg.go.dev/archive/tar).
 * @throws TarBroken where the checksum or a number is wrong
 */
export function readHeader(block: Buffer): TarHeader {
  if (!hasChecksum(block)) throw new TarBroken('a header has a wrong checksum');
  const flag = String.fromCharCode(block[156] ?? 0);
  const magic = block.toString('latin1', 257, 263);
  const prefix = magic === 'ustar\0' ? textAt(block, 345, isStar(block) ? 131 : 155) : '';
  const name = textAt(block, 0, 100);
  return {
    flag,
    name: prefix === '' ? name : `${prefix}/${name}`,
    target: textAt(block, 157, 100),
    size: numberAt(block, 124, 12),
    sparse: flag === 'S' ? { size: numberAt(block, 483, 12), mapFollows: block[482] === 1 } : null,
  };
}

/** Tells whether a block's checksum is right; it is the sum of its bytes, by some writers of signed ones. */
export function hasChecksum(block: Buffer): boolean {
  if (block.length < blockBytes) return false;
  let unsigned = 0;
  let signed = 0;
  for (let index = 0; index < blockBytes; index++) {
    const byte = index >= 148 && index < 156 ? 32 : (block[index] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const written = octal(textAt(block, 148, 8));
  return written !== null && (written === unsigned || written === signed);
}

function isStar(block: Buffer): boolean {
  return block.toString('latin1', 508, 512) === 'tar\0';
}

/** Text up to the first NUL. */
function textAt(block: Buffer, offset: number, length: number): string {
  const text = block.toString('latin1', offset, offset + length);
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

/** Octal digits, or bits of base 256 where the first is set, as for sizes above 8 GiB. */
function numberAt(block: Buffer, offset: number, length: number): number {
  const first = block[offset] ?? 0;
  if (first >= 0x80) {
    let value = first & 0x3f;
    for (let index = offset + 1; index < offset + length; index++) value = value * 256 + (block[index] ?? 0);
    if (first >= 0xc0 || !Number.isSafeInteger(value)) throw new TarBroken('a header has a size that no file has');
    return value;
  }
  const value = octal(block.toString('latin1', offset, offset + length).replace(/^[ \0]+/, ''));
  if (value === null) throw new TarBroken('a header has a number that is none');
  return value;
}

function octal(text: string): number | null {
  const [digits = ''] = text.split('\0');
  const trimmed = digits.trim();
  if (!/^[0-7]*$/.test(trimmed)) return null;
  return trimmed === '' ? 0 : Number.parseInt(trimmed, 8);
}

/**
 * Reads the records of an extended header, each `LENGTH KEY=VALUE\n`
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html).
 * @throws TarBroken where a record is not so
 */
export function readExtendedHeader(text: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  let offset = 0;
  while (offset < text.length) {
    const space = text.indexOf(0x20, offset);
    const digits = space === -1 || space - offset > 10 ? '' : text.toString('latin1', offset, space);
    const end = offset + (/^[0-9]+$/.test(digits) ? Number(digits) : 0);
    const record = end > space && end <= text.length ? text.toString('latin1', space + 1, end) : '';
    const equals = record.indexOf('=');
    if (equals < 1 || !record.endsWith('\n')) throw new TarBroken('an extended header is garbled');
    records.set(record.slice(0, equals), record.slice(equals + 1, -1));
    offset = end;
  }
  return records;
}

/**
 * Applies to a header what came before it.
 * @param extended records of an extended header
 * @param longName GNU's long name, which wins over all others, and its long target
 * @throws TarBroken where a record has a size that is none
 */
export function toEntry(
  header: TarHeader,
  extended: ReadonlyMap<string, string>,
  longName: string | null,
  longTarget: string | null,
): TarEntry {
  const size = decimal(extended.get('size')) ?? header.size;
  const sparseSize =
    header.sparse?.size ?? decimal(extended.get('GNU.sparse.realsize') ?? extended.get('GNU.sparse.size')) ?? null;
  if (sparseSize !== null && sparseSize > maxSparseBytes) throw new TarBroken('a sparse file is larger than any disk');
  const name = longName ?? orElse(extended.get('GNU.sparse.name'), orElse(extended.get('path'), header.name));
  const target = longTarget ?? orElse(extended.get('linkpath'), header.target);
  const kind = kindOf(header.flag, name);
  // Links, directories and devices have no bytes, whatever their size says.
  const packed = kind === 'file' || kind === 'unknown' ? size : 0;
  return {
    name,
    kind,
    size: kind === 'file' ? (sparseSize ?? size) : 0,
    packed,
    target: kind === 'symlink' || kind === 'link' ? target : '',
    sparse: kind === 'file' && sparseSize !== null,
  };
}

/** An empty value of a record leaves what the header says. */
function orElse(value: string | undefined, other: string): string {
  return value === undefined || value === '' ? other : value;
}

function decimal(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new TarBroken('an extended header has a size that no file has');
  return value;
}

function kindOf(flag: string, name: string): TarKind {
  switch (flag) {
    case '\0':
      return name.endsWith('/') ? 'directory' : 'file';
    case '0':
    case '7':
    case 'S':
      return 'file';
    case '1':
      return 'link';
    case '2':
      return 'symlink';
    case '3':
    case '4':
    case '6':
      return 'device';
    case '5':
      return 'directory';
    default:
      return 'unknown';
  }
}
