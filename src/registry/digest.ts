import { createHash, timingSafeEqual } from 'node:crypto';
import { unreadable } from './manifest.ts';

/** Names content. @param algorithm as OpenSSL names it, such as `sha256` */
export function digestOf(body: Buffer, algorithm: string): string {
  return `${algorithm}:${createHash(algorithm).update(body).digest('hex')}`;
}

/**
 * Makes sure that what came is what was named.
 * @param name the image, for messages
 * @throws RegistryError `unreadable` where it is not
 */
export function checkDigest(body: Buffer, digest: string, name: string): void {
  const algorithm = /^(sha256|sha512):/.exec(digest)?.[1];
  const own = algorithm === undefined ? '' : digestOf(body, algorithm);
  if (own.length !== digest.length || !timingSafeEqual(Buffer.from(own), Buffer.from(digest)))
    throw unreadable(name, 'what the registry sent is not what its digest says');
}
