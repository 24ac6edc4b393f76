import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const shipped = new URL('../../../manifest.yml', import.meta.url);

const scopesSchema = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).min(1) }) }) });
const promptsSchema = z.object({
  features: z.object({
    agent_view: z
      .object({ suggested_prompts: z.array(z.object({ title: z.string(), message: z.string() })).default([]) })
      .optional(),
  }),
});

/** A question that is suggested to whoever opens a conversation with the bot. */
export interface Prompt {
  readonly title: string;
  readonly message: string;
}

/**
 * The scopes that the app's manifest asks for, so that they stand in one place.
 * @throws Error if the manifest cannot be read
 */
export function manifestScopes(file: URL = shipped): readonly string[] {
  return scopesSchema.parse(read(file)).oauth_config.scopes.bot;
}

/**
 * The questions that the app's manifest suggests, best first; none where the manifest suggests none.
 * @throws Error if the manifest cannot be read
 */
export function manifestPrompts(file: URL = shipped): readonly Prompt[] {
  return promptsSchema.parse(read(file)).features.agent_view?.suggested_prompts ?? [];
}

function read(file: URL): unknown {
  return parse(readFileSync(file, 'utf8'));
}
