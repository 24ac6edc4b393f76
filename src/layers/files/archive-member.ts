import { createHash } from 'node:crypto';
import type { ArchivedDocument } from './archive-documents.ts';
import type { EntryTable } from './entry-table.ts';
import type { FileLimits } from './file-limits.ts';
import { createLayerReader, type LayerFiles, type LayerReader, type UnpackBudget } from './layer-reader.ts';
import { blockBytes, hasChecksum } from './tar-header.ts';

/** What a member of an image's archive turned out to be; null for what is of no use. */
export type Member =
  | { readonly type: 'layer'; readonly files: LayerFiles }
  | { readonly type: 'document'; readonly document: ArchivedDocument }
  | null;

/** Reads a member as it comes in. */
export interface MemberReader {
  readonly write: (piece: Buffer) => Promise<void>;
  readonly finish: () => Promise<Member>;
  readonly stop: () => void;
}

/** The first of JSON that can be an index, a manifest or a configuration. */
const openingBrackets = ['{'.charCodeAt(0), '['.charCodeAt(0)];

/**
 * Makes a reader that tells from the first block whether a member is a document or a layer: names say nothing, and the
 * manifest that tells comes last.
 * @param room for documents, shared by all members; shrinks
 */
export function createMemberReader(
  table: EntryTable,
  limits: FileLimits,
  budget: UnpackBudget,
  room: { documents: number; bytes: number },
): MemberReader {
  const head = Buffer.alloc(blockBytes);
  let filled = 0;
  let text: Buffer[] | null = null;
  let textBytes = 0;
  let layer: LayerReader | null = null;

  async function open(): Promise<void> {
    const isText =
      filled > 0 && openingBrackets.includes(head[0] ?? 0) && !(filled === blockBytes && hasChecksum(head));
    const first = Buffer.from(head.subarray(0, filled));
    if (isText) {
      text = [];
      keep(first);
    } else {
      layer = createLayerReader(table, budget);
      await layer.write(first);
    }
  }

  function keep(piece: Buffer): void {
    textBytes += piece.length;
    if (textBytes <= Math.min(limits.documentBytes, room.bytes)) text?.push(Buffer.from(piece));
    else text = [];
  }

  async function write(piece: Buffer): Promise<void> {
    let rest = piece;
    if (text === null && layer === null) {
      const taken = piece.copy(head, filled);
      filled += taken;
      rest = piece.subarray(taken);
      if (filled < blockBytes) return;
      await open();
    }
    if (text !== null) keep(rest);
    else await layer?.write(rest);
  }

  async function finish(): Promise<Member> {
    if (text === null && layer === null) await open();
    if (layer !== null) return { type: 'layer', files: await layer.finish() };
    if (textBytes > Math.min(limits.documentBytes, room.bytes) || room.documents <= 0) return null;
    room.bytes -= textBytes;
    room.documents--;
    const bytes = Buffer.concat(text ?? []);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    return { type: 'document', document: { text: bytes.toString('utf8'), digest } };
  }

  return { write, finish, stop: () => layer?.stop('reading was stopped') };
}
