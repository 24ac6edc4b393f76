import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So many bytes of pieces may pile up. */
const pileBytes = 2 * 1024 * 1024;

/**
 * Gives the memory of pieces that were read back to the machine. Node does so by itself only when some 70 MB of them have
 * piled up, which is more than all the rest of reading an image takes; here it is told after each 2 MiB, and looks
 * only at what is young: a millisecond or two.
 * @returns to be called with the bytes of each piece
 */
export function createPieceCollector(): (bytes: number) => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  let piled = 0;
  return (bytes) => {
    piled += bytes;
    if (piled < pileBytes || typeof collect !== 'function') return;
    piled = 0;
    collect({ type: 'minor' });
  };
}
