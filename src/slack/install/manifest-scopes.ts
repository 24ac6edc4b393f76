import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const manifestSchema = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).min(1) }) }) });

/**
 * The scopes that the app's manifest asks for, so that they stand in one place.
 * @throws Error if the manifest cannot be read
 */
export function manifestScopes(file: URL = new URL('../../../manifest.yml', import.meta.url)): readonly string[] {
  return manifestSchema.parse(parse(readFileSync(file, 'utf8'))).oauth_config.scopes.bot;
}
