import type { LookRequest } from '../layers.ts';

/** Whether a look reads the files of an image: they are wanted, or one path among them is. */
export function wantsFiles({ files, path }: LookRequest): boolean {
  return files || path !== null;
}
