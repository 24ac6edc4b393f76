import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectFolder } from '../../src/assemble.ts';
import type { OpenBook } from '../../src/matching/model/learned-book.ts';
import { openBook } from '../../src/matching/model/open-book.ts';

/** Where set-up keeps the learned models: what a test learns of the shipped book it learns for all. */
export const sharedModels = `${projectFolder}data/models`;

/**
 * Opens the shipped book, alone or with a team's folders beside it, as the program does: learned by set-up, or by the first
 * test that asks it.
 * @param further folders relative to the project's
 */
export function openShippedBook(...further: string[]): Promise<OpenBook> {
  return openBook({
    folders: ['knowledge', ...further].map((folder) => resolve(projectFolder, folder)),
    root: projectFolder,
    models: { path: sharedModels, tell: () => undefined },
  });
}

/** Puts the shared models into a data folder that has none, so that a program need not learn the shipped book anew. */
export function shareModels(dataFolder: string): void {
  const folder = join(dataFolder, 'models');
  try {
    mkdirSync(folder);
  } catch {
    return;
  }
  for (const name of readdirSync(sharedModels)) symlinkSync(join(sharedModels, name), join(folder, name));
}
