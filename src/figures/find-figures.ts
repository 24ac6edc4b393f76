import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import type { Figure } from './figure.ts';

/** The folder of the ideas' figures: every TypeScript file exports one as `figure`, with the file's name as its id. */
export const ideas = new URL('./ideas/', import.meta.url);

const figureSchema = z.object({ id: z.string(), title: z.string().min(8).max(80), alt: z.string().min(80).max(600) });

/** Thrown where a file of figures does not export one; names the file, and what mends it. */
export class FigureInvalid extends Error {
  override readonly name = 'FigureInvalid';
  readonly code = 'figure-invalid';
}

/** Names the figures of a folder without loading them. */
export async function nameFigures(folder: URL): Promise<ReadonlySet<string>> {
  const files = (await readdir(folder, { withFileTypes: true })).filter(
    (item) => item.isFile() && item.name.endsWith('.ts'),
  );
  return new Set(files.map(({ name }) => name.slice(0, -'.ts'.length)));
}

/**
 * Loads one figure.
 * @returns null where the folder has none of that id
 * @throws FigureInvalid for a file that does not fit
 */
export async function loadFigure(folder: URL, id: string): Promise<Figure | null> {
  if (!(await nameFigures(folder)).has(id)) return null;
  const { figure }: { figure?: unknown } = await import(new URL(`${id}.ts`, folder).href);
  const checked = figureSchema.safeParse(figure);
  if (!checked.success) {
    const words = `src/figures/ideas/${id}.ts does not export a figure: ${z.prettifyError(checked.error)}`;
    throw new FigureInvalid(words, { cause: checked.error });
  }
  if (checked.data.id !== id)
    throw new FigureInvalid(`src/figures/ideas/${id}.ts has the id "${checked.data.id}". Make the id the file's name`);
  if (!isFigure(figure)) throw new FigureInvalid(`src/figures/ideas/${id}.ts has no draw function`);
  return figure;
}

/** The data is checked by the schema before; what remains is the function. */
function isFigure(value: unknown): value is Figure {
  return typeof value === 'object' && value !== null && 'draw' in value && typeof value.draw === 'function';
}
