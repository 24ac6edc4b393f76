import { findLayers, type NamedLayer } from './archive-documents.ts';
import { createMemberReader, type Member, type MemberReader } from './archive-member.ts';
import { createPieceCollector } from './collect-pieces.ts';
import { describeFiles } from './describe-files.ts';
import { readEntryPath } from './entry-path.ts';
import { createEntryTable } from './entry-table.ts';
import { defaultFileLimits, type FileLimits } from './file-limits.ts';
import { type ImageFiles, ImageUnreadable } from './image-files.ts';
import type { PlacedLayer } from './placed-layer.ts';
import { TarBroken, type TarEntry } from './tar-header.ts';
import { createTarReader, type TarEvent } from './tar-reader.ts';

/** How to read an image's archive. */
export interface ReadArchiveOptions {
  readonly limits?: Partial<FileLimits>;
  /** For archives with several: for example `linux/arm64/v8`. The first that is there if not said. */
  readonly platform?: string;
  /** A path of the image whose history is wanted: `files.path` of the result. */
  readonly path?: string;
  readonly signal?: AbortSignal;
}

/** As many names as may stand for one another, as `docker save` writes a layer that it wrote before. */
const maxAliases = 10;

/**
 * Reads the files of an image from an archive as it comes in: what `GET /images/NAME/get`, `docker save` or an OCI layout
 * in a tar archive gives, of any engine and image store. Layers may be packed with gzip, zstd or not at all.
 *
 *     const files = await readImageArchive(stream, { path: '/usr/bin/node', signal });
 *
 * Nothing is written to disk. Memory grows with the number of paths only, by about 150 bytes each, up to the caps. The
 * caller ends the stream: it is read to its end unless an error is thrown, and then iterated no further.
 * @param stream pieces of any size
 * @throws ImageUnreadable where there is no image in it; what is wrong with single layers stands in the notes
 * @throws the signal's reason where it is aborted
 */
export async function readImageArchive(
  stream: AsyncIterable<Uint8Array>,
  options: ReadArchiveOptions = {},
): Promise<ImageFiles> {
  const limits = { ...defaultFileLimits, ...options.limits };
  const table = createEntryTable(limits);
  const budget = { bytes: limits.unpackedBytes };
  const room = { documents: limits.documents, bytes: limits.documentsBytes };
  const members = new Map<string, NonNullable<Member> | { readonly type: 'alias'; readonly target: string }>();
  const notes: string[] = [];
  let name: string | null = null;
  let reader: MemberReader | null = null;

  function openMember(entry: TarEntry): void {
    name = members.size < limits.layers + limits.documents ? memberName(entry.name) : null;
    const target = aliasTarget(entry);
    if (name !== null && target !== null) members.set(name, { type: 'alias', target });
    reader = name !== null && entry.kind === 'file' ? createMemberReader(table, limits, budget, room) : null;
  }

  async function take(event: TarEvent): Promise<void> {
    if (event.type === 'entry') openMember(event.entry);
    else if (event.type === 'content') await reader?.write(event.bytes);
    else {
      const member = (await reader?.finish()) ?? null;
      if (name !== null && member !== null) members.set(name, member);
      reader = null;
    }
  }

  const tar = createTarReader();
  const collect = createPieceCollector();
  try {
    for await (const chunk of stream) {
      options.signal?.throwIfAborted();
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      for (const event of tar.read(bytes)) await take(event);
      collect(bytes.length);
    }
    tar.finish();
  } catch (cause) {
    if (!(cause instanceof TarBroken)) throw cause;
    notes.push(`The archive was not read whole: ${cause.message}.`);
  } finally {
    stopReading(reader);
  }

  function find(wanted: string): Exclude<NonNullable<Member>, { type: 'alias' }> | null {
    let found = members.get(memberName(wanted) ?? '');
    for (let hops = 0; found?.type === 'alias' && hops < maxAliases; hops++) found = members.get(found.target);
    return found === undefined || found.type === 'alias' ? null : found;
  }

  function place(layer: NamedLayer): PlacedLayer {
    const found = find(layer.member);
    const { digest, diffId } = layer;
    const files = found?.type === 'layer' ? found.files : null;
    return { files, absent: files === null ? whyAbsent(layer) : null, digest, diffId };
  }

  const named = findNamedLayers();
  return describeFiles(table, named.map(place), notes, {
    limits,
    path: options.path ?? null,
    ...(options.signal ? { signal: options.signal } : {}),
  });

  function findNamedLayers(): readonly NamedLayer[] {
    try {
      const layers = findLayers((wanted) => {
        const found = find(wanted);
        return found?.type === 'document' ? found.document : null;
      }, options.platform ?? null);
      if (layers.length <= limits.layers) return layers;
    } catch (error) {
      if (!(error instanceof ImageUnreadable) || notes.length === 0) throw error;
      throw new ImageUnreadable(`${error.message}. ${notes.join(' ')}`, { cause: error });
    }
    throw new ImageUnreadable(`This image has more than ${limits.layers} layers, which is more than is read here`);
  }
}

/** What was being read when an error ended it holds native memory. */
function stopReading(reader: MemberReader | null): void {
  reader?.stop();
}

/** A name as the documents write it; null for one that leads out of the archive. */
function memberName(name: string): string | null {
  const path = readEntryPath(name);
  return path === null ? null : [...path.folders, path.base].join('/');
}

/** Links of an archive name members: symbolic ones from where they stand, hard ones from the root. */
function aliasTarget({ kind, name, target }: TarEntry): string | null {
  if (kind === 'link') return memberName(target);
  return kind === 'symlink' ? memberName(`${name}/../${target}`) : null;
}

function whyAbsent({ isElsewhere, size }: NamedLayer): string {
  if (isElsewhere) return `is stored elsewhere, not in the archive (${size ?? 'an unknown number of'} bytes)`;
  return 'is not in the archive';
}
