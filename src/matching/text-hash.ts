/**
 * Spreads texts evenly over the numbers (FNV-1a by Fowler, Noll and Vo, and the last step of MurmurHash3 by Appleby).
 * @returns an integer from 0 up to 2 ** 32
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
