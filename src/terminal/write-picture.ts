import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { DrawnPicture } from '../assistant/pictures.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Checks, before anything runs, that a picture's file has a name that says its kind. @throws UsageError */
export function checkPictureFile(file: string | undefined): string | null {
  if (file === undefined) return null;
  if (!['.svg', '.png'].includes(extname(file).toLowerCase()))
    throw new UsageError('"--figure" takes a file whose name ends in .svg or .png');
  return file;
}

/**
 * Writes a picture to a file, as SVG or PNG by the file's name, and says so with what the picture tells.
 * @throws the system's error where the file cannot be written
 */
export async function writePicture(picture: DrawnPicture, file: string, terminal: Terminal): Promise<void> {
  await writeFile(
    file,
    extname(file).toLowerCase() === '.png' ? await picture.png('light') : await picture.svg('light'),
  );
  terminal.err.write(`The picture is in ${file}. It shows: ${picture.alt}\n`);
}
