import { extract } from 'tar-stream';
import { AnswerUnreadable } from './engine-answer.ts';

/** What an archive holds. */
export interface ArchiveSize {
  /** Bytes of the archive itself, with a header for each item. */
  readonly bytes: number;
  /** Files, directories and all else. */
  readonly files: number;
}

/** Two blocks of zeros end a tar archive (https://www.gnu.org/software/tar/manual/html_node/Standard.html). */
const endBytes = 1024;

/**
 * Measures a tar archive as it comes in, and stops reading where it has more than enough.
 * @returns its size; where it broke off, the part that came, with the reason
 */
export async function measureArchive(
  stream: AsyncIterable<Buffer>,
  enough: ArchiveSize,
): Promise<ArchiveSize & { readonly brokenOff: Error | null }> {
  let bytes = 0;
  let files = 0;
  let tail: Buffer = Buffer.alloc(0);
  const reader = extract();
  reader.on('error', () => undefined);
  reader.on('entry', (_, content, next) => {
    files++;
    content.on('error', () => undefined);
    content.on('end', next).resume();
  });
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      tail = Buffer.concat([tail, chunk]).subarray(-endBytes);
      if (!reader.write(chunk)) await new Promise<void>((resolve) => drained(reader, resolve));
      if (bytes > enough.bytes || files > enough.files) return { bytes, files, brokenOff: null };
    }
  } catch (error) {
    return { bytes, files, brokenOff: error instanceof Error ? error : new Error(String(error), { cause: error }) };
  } finally {
    reader.destroy();
  }
  // Files that change while they are read end the archive in the middle, and so does a connection that is cut.
  const ended = tail.length === endBytes && tail.every((byte) => byte === 0);
  return { bytes, files, brokenOff: ended ? null : new AnswerUnreadable('an archive broke off') };
}

function drained(reader: ReturnType<typeof extract>, done: () => void): void {
  const over = () => {
    reader.off('drain', over).off('close', over);
    done();
  };
  reader.on('drain', over).on('close', over);
}
