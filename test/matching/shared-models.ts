import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../src/assemble.ts';

/** Where set-up keeps the learned models: what a test learns of the shipped book it learns for all. */
export const sharedModels = `${projectFolder}data/models`;

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
