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
 * @param missing what to say where there is no picture
 * @throws the system's error where the file cannot be written
 */
export async function writePicture(
  picture: DrawnPicture | null,
  file: string,
  terminal: Terminal,
  missing: string,
): Promise<void> {
  if (picture === null) {
    terminal.err.write(`${missing}\n`);
    return;
  }
  await writeFile(
    file,
    extname(file).toLowerCase() === '.png' ? await picture.png('light') : await picture.svg('light'),
  );
  terminal.err.write(`The picture is in ${file}. It shows: ${picture.alt}\n`);
}
