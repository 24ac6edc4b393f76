import type { IncomingMessage } from 'node:http';
import { RegistryError } from './registry-error.ts';

/**
 * Reads an answer to its end.
 * @param most bytes, beyond which nothing of it is taken
 * @param what it is, for messages
 * @throws RegistryError `unreadable` where it is longer, `unreachable` where it breaks off
 */
export async function readBody(answer: IncomingMessage, most: number, what: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of answer) {
      const read: Buffer = piece;
      bytes += read.length;
      if (bytes > most)
        throw new RegistryError(
          'unreadable',
          `${what} cannot be read: the registry sent more than ${most} bytes for it`,
        );
      pieces.push(read);
    }
  } catch (cause) {
    answer.destroy();
    if (cause instanceof RegistryError) throw cause;
    throw new RegistryError('unreachable', `The registry hung up while I read ${what}. Try again in a minute`, {
      cause,
    });
  }
  return Buffer.concat(pieces);
}

/** Lets go of an answer of which nothing is wanted, so that its connection serves the next request. */
export function discard(answer: IncomingMessage): void {
  answer.on('error', () => undefined).resume();
}
