import { crc32 } from 'node:zlib';

/** What a section of a packed file holds, and as what it is read. */
interface Kinds {
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly u16: Uint16Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
  readonly f16: Float16Array<ArrayBuffer>;
  readonly f32: Float32Array<ArrayBuffer>;
  readonly f64: Float64Array<ArrayBuffer>;
  readonly number: number;
  readonly text: string;
}

/** The names and kinds of a value's parts: what is packed is told by its shape alone. */
export interface Shape {
  readonly [name: string]: keyof Kinds | Shape;
}

/** A value of a shape. */
export type Shaped<S> = S extends keyof Kinds ? Kinds[S] : { readonly [Name in keyof S]: Shaped<S[Name]> };

/** Thrown for bytes that are not what was packed; says in a few words what they are instead. */
export class PackDamaged extends Error {
  override readonly name = 'PackDamaged';
  readonly code = 'pack-damaged';
}

const magic = 'dockproof model\n';
/** Changes where the layout below does. */
const version = 1;
/** The header: magic, version, checksum, total length, key (SHA-256), then the length of each section in bytes. */
const at = { version: 16, checksum: 20, total: 24, key: 32, lengths: 64 } as const;
/** Sections start at multiples of this, so that numbers can be read where they lie. */
const alignment = 8;
const arrays = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f16: Float16Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

/**
 * Packs a value into bytes that are read without being parsed.
 * @param key what the value was made from, as 64 hex digits
 */
export function pack<S extends Shape>(shape: S, value: Shaped<S>, key: string): ArrayBuffer {
  const sections = [...partsOf(shape, value)].map(toBytes);
  const starts = [aligned(at.lengths + sections.length * Float64Array.BYTES_PER_ELEMENT)];
  for (const [place, section] of sections.entries()) starts.push(aligned((starts[place] ?? 0) + section.byteLength));
  const bytes = Buffer.from(new ArrayBuffer(starts.at(-1) ?? 0));
  bytes.write(magic, 'latin1');
  bytes.writeUInt32LE(version, at.version);
  bytes.writeDoubleLE(bytes.length, at.total);
  bytes.write(key, at.key, 'hex');
  for (const [place, section] of sections.entries()) {
    bytes.writeDoubleLE(section.byteLength, at.lengths + place * Float64Array.BYTES_PER_ELEMENT);
    bytes.set(section, starts[place]);
  }
  bytes.writeUInt32LE(checksum(bytes), at.checksum);
  return bytes.buffer;
}

/**
 * Reads a value where it lies: its numbers are views onto the bytes.
 * @param key what the value must have been made from
 * @throws PackDamaged for anything but what `pack` made of this shape and key
 */
export function unpack<S extends Shape>(shape: S, buffer: ArrayBuffer, key: string): Shaped<S> {
  const bytes = Buffer.from(buffer);
  if (bytes.length < at.lengths) throw new PackDamaged('it is cut off');
  if (bytes.toString('latin1', 0, magic.length) !== magic) throw new PackDamaged('it is not a model of Dockproof');
  if (bytes.readUInt32LE(at.version) !== version) throw new PackDamaged('it is of another version');
  const total = bytes.readDoubleLE(at.total);
  if (total !== bytes.length) throw new PackDamaged(total > bytes.length ? 'it is cut off' : 'its length is wrong');
  if (bytes.readUInt32LE(at.checksum) !== checksum(bytes)) throw new PackDamaged('its checksum is wrong');
  if (bytes.toString('hex', at.key, at.lengths) !== key) throw new PackDamaged('it was learned from something else');
  return unpackSealed(shape, buffer);
}

/**
 * Reads a value that this very program has packed, without looking for damage; see `unpack`.
 * @throws PackDamaged for bytes that do not have the sections of this shape
 */
export function unpackSealed<S extends Shape>(shape: S, buffer: ArrayBuffer): Shaped<S> {
  const kinds = [...kindsOf(shape)];
  const lengths = new Float64Array(buffer, at.lengths, kinds.length);
  let start = aligned(at.lengths + lengths.byteLength);
  const values = kinds.map((kind, place) => {
    const length = lengths[place] ?? 0;
    if (start + length > buffer.byteLength || length % sizeOf(kind) !== 0)
      throw new PackDamaged('its sections are not those that are read');
    const value = fromBytes(kind, buffer, start, length);
    start = aligned(start + length);
    return value;
  });
  if (start !== buffer.byteLength) throw new PackDamaged('its sections are not those that are read');
  return build(shape, values.values());
}

function checksum(bytes: Buffer): number {
  return crc32(bytes.subarray(at.total), crc32(bytes.subarray(0, at.checksum)));
}

function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}

function* kindsOf(shape: Shape): Generator<keyof Kinds> {
  for (const part of Object.values(shape)) {
    if (typeof part === 'string') yield part;
    else yield* kindsOf(part);
  }
}

/** The parts of a value in the order of its shape. */
function* partsOf(shape: Shape, value: object): Generator<unknown> {
  const parts = new Map<string, unknown>(Object.entries(value));
  for (const [name, kind] of Object.entries(shape)) {
    const part = parts.get(name);
    if (typeof kind !== 'string' && typeof part === 'object' && part !== null) yield* partsOf(kind, part);
    else yield part;
  }
}

/** The bytes of one number of a kind. */
function sizeOf(kind: keyof Kinds): number {
  if (kind === 'text') return 1;
  return kind === 'number' ? Float64Array.BYTES_PER_ELEMENT : arrays[kind].BYTES_PER_ELEMENT;
}

function toBytes(part: unknown): Uint8Array {
  if (typeof part === 'string') return Buffer.from(part, 'utf8');
  if (typeof part === 'number') return new Uint8Array(Float64Array.of(part).buffer);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  throw new TypeError('Only numbers, texts and typed arrays can be packed');
}

function fromBytes(kind: keyof Kinds, buffer: ArrayBuffer, start: number, length: number): Kinds[keyof Kinds] {
  if (kind === 'text') return Buffer.from(buffer, start, length).toString('utf8');
  if (kind === 'number') return new Float64Array(buffer, start, 1)[0] ?? 0;
  const array = arrays[kind];
  return new array(buffer, start, length / sizeOf(kind));
}

/** What is built has the shape's type since the values come in the order of its kinds; types cannot follow that. */
function build<S extends Shape>(shape: S, values: Iterator<unknown>): Shaped<S> {
  const built = Object.entries(shape).map(([name, part]) => [
    name,
    typeof part === 'string' ? values.next().value : build(part, values),
  ]);
  return Object.fromEntries(built) as Shaped<S>;
}
