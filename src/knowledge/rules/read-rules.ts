import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { month } from '../entry.ts';

/** Where the rules stand, relative to the folder of the shipped book. */
const rulesFolder = 'rules';

const ruleFiles = {
  destroying: 'destroying-commands.yaml',
  versions: 'version-words.yaml',
  images: 'example-images.yaml',
  endOfLife: 'end-of-life.yaml',
} as const;

const expression = expressionWith('i');
const exact = expressionWith('');

const command = z.strictObject({
  command: z.string(),
  also: z.array(z.string()).default([]),
  options: z.array(z.string()).default([]),
  unless: z.array(z.string()).default([]),
  argument: expression.optional(),
  loses: z.string(),
  named: z.array(z.string()).min(1),
});

const destroyingSchema = z.strictObject({
  words: z.record(z.string(), expression),
  commands: z.array(command),
  advice: z.array(z.strictObject({ says: expression, loses: z.string(), named: z.array(z.string()).min(1) })),
  backups: z.array(z.strictObject({ makes: exact, checked: exact, remedy: z.string() })),
  restores: exact,
});

/** Commands that destroy, what each loses, and the words that name the loss; see knowledge/rules. */
export type DestroyingRules = z.output<typeof destroyingSchema>;

const versionSchema = z.strictObject({
  phrases: z.array(z.strictObject({ say: z.string(), find: exact })),
  variants: z.array(z.strictObject({ find: exact, unless: exact.optional(), say: z.string() })),
});

/** The words for versions, stores and platforms; see knowledge/rules. */
export type VersionRules = z.output<typeof versionSchema>;

const wholeName = z.string().transform((source) => new RegExp(`^(?:${source})$`));

const imageSchema = z.strictObject({
  images: z.array(
    z.strictObject({ image: z.string(), product: z.string().optional(), cycles: z.array(z.string()).min(1) }),
  ),
  own: z.array(wholeName),
});

/** The images that examples may name; see knowledge/rules. */
export type ImageRules = z.output<typeof imageSchema>;

const endOfLifeSchema = z.strictObject({
  checked: month,
  products: z.record(
    z.string(),
    z.strictObject({ source: z.url({ protocol: /^https$/ }), ends: z.record(z.string(), z.iso.date().nullable()) }),
  ),
});

/** When versions of the example images end; see knowledge/rules. */
export type EndOfLife = z.output<typeof endOfLifeSchema>;

/** What `check` knows beside the book's own outline. */
export interface Rules {
  readonly destroying: DestroyingRules;
  readonly versions: VersionRules;
  readonly images: ImageRules;
  readonly endOfLife: EndOfLife;
}

/** Reads the files of the rules as they are written, to tell whether one has changed. */
export function readRuleFiles(folder: string): Promise<string[]> {
  return Promise.all(Object.values(ruleFiles).map((file) => readFile(join(folder, rulesFolder, file), 'utf8')));
}

/**
 * Reads the rules from the shipped knowledge folder.
 * @throws Error if a file is missing or malformed; they ship with the program, so that is a broken installation
 */
export async function readRules(folder: string): Promise<Rules> {
  const read = (file: string) => readYaml(join(folder, rulesFolder, file));
  return {
    destroying: destroyingSchema.parse(await read(ruleFiles.destroying)),
    versions: versionSchema.parse(await read(ruleFiles.versions)),
    images: imageSchema.parse(await read(ruleFiles.images)),
    endOfLife: endOfLifeSchema.parse(await read(ruleFiles.endOfLife)),
  };
}

async function readYaml(path: string): Promise<unknown> {
  return parse(await readFile(path, 'utf8'));
}

function expressionWith(flags: string) {
  return z.string().transform((source, context) => {
    try {
      return new RegExp(source, flags);
    } catch (cause) {
      context.addIssue({ code: 'custom', message: cause instanceof Error ? cause.message : String(cause) });
      return z.NEVER;
    }
  });
}
