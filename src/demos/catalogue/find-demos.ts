import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Demo } from './demo.ts';

/** The shape of a demo file's export, as far as data goes; a mistake shows when the program starts. */
const demoSchema = z.object({
  id: z.string(),
  title: z.string().min(8).max(100),
  question: z
    .object({
      text: z.string().min(10).max(300),
      options: z.array(z.string().min(1).max(75)).min(2).max(4),
      right: z.number().int().min(0),
    })
    .refine(({ options, right }) => right < options.length, 'the right option is not among the options'),
  claims: z.array(z.string()).min(1),
  steps: z.record(z.string(), z.string().min(3).max(150)),
});

/** Demo id → demo. */
export type DemoCatalogue = ReadonlyMap<string, Demo>;

/** Thrown where a demo file does not export a demo; names the file, and what mends it. */
export class DemoInvalid extends Error {
  override readonly name = 'DemoInvalid';
  readonly code = 'demo-invalid';
}

/**
 * Finds the demos: every TypeScript file of the folder exports one as `demo`, with the file's name as its id.
 * @param folder the folder of demo files
 * @throws DemoInvalid for a file that does not fit
 */
export async function findDemos(folder: URL): Promise<DemoCatalogue> {
  const demos = await Promise.all([...(await nameDemos(folder))].map((id) => loadDemo(folder, `${id}.ts`)));
  return new Map(demos.sort((a, b) => a.id.localeCompare(b.id)).map((demo) => [demo.id, demo]));
}

/** Names the demos of a folder without loading them, which takes as long as an answer. */
export async function nameDemos(folder: URL): Promise<ReadonlySet<string>> {
  const files = (await readdir(folder, { withFileTypes: true })).filter(
    (item) => item.isFile() && item.name.endsWith('.ts'),
  );
  return new Set(files.map(({ name }) => name.slice(0, -'.ts'.length)));
}

async function loadDemo(folder: URL, file: string): Promise<Demo> {
  const module: { demo?: unknown } = await import(new URL(file, pathToFileURL(`${folder.pathname}/`)).href);
  const { demo } = module;
  const checked = demoSchema.safeParse(demo);
  if (!checked.success) {
    throw new DemoInvalid(
      `src/demos/${file} does not export a demo: ${z.prettifyError(checked.error)}. Make it as docs/writing-demos.md says`,
      {
        cause: checked.error,
      },
    );
  }
  if (checked.data.id !== file.slice(0, -'.ts'.length)) {
    throw new DemoInvalid(`src/demos/${file} has the id "${checked.data.id}". Make the id the file's name`);
  }
  if (!isDemo(demo))
    throw new DemoInvalid(`src/demos/${file} has no run function. Define it with defineDemo (docs/writing-demos.md)`);
  return demo;
}

/** The data is checked by the schema before; what remains is the function. */
function isDemo(value: unknown): value is Demo {
  return typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function';
}
