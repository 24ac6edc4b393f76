import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** A name and a password, as `Basic` takes them: base64 of `name:password`. */
export interface Credentials {
  readonly basic: string;
}

/** Finds what to log in with at a registry; null for nothing. */
export type FindCredentials = (registry: string) => Promise<Credentials | null>;

const configSchema = z.object({
  auths: z
    .record(
      z.string(),
      z.object({ auth: z.string().optional(), username: z.string().optional(), password: z.string().optional() }),
    )
    .optional(),
});

/** Other names of Docker Hub in that file. */
const hubNames = new Set(['index.docker.io', 'registry-1.docker.io', 'docker.io']);

/**
 * Finds credentials as the Docker client keeps them: in `DOCKER_AUTH_CONFIG`, or in `config.json` in `DOCKER_CONFIG` or
 * `~/.docker`. Programs that keep credentials elsewhere are not run.
 */
export function credentialsFrom(environment: Readonly<Record<string, string | undefined>>): FindCredentials {
  return async (registry) => {
    const texts = [environment.DOCKER_AUTH_CONFIG, await readQuietly(configFile(environment))];
    for (const text of texts) {
      const found = text === undefined ? null : findIn(text, registry);
      if (found !== null) return found;
    }
    return null;
  };
}

function configFile(environment: Readonly<Record<string, string | undefined>>): string {
  return join(environment.DOCKER_CONFIG ?? join(environment.HOME ?? homedir(), '.docker'), 'config.json');
}

async function readQuietly(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

function findIn(text: string, registry: string): Credentials | null {
  const parsed = configSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  for (const [key, { auth, username, password }] of Object.entries(parsed.data.auths ?? {})) {
    if (hostOf(key) !== registry) continue;
    if (username !== undefined && password !== undefined)
      return { basic: Buffer.from(`${username}:${password}`).toString('base64') };
    if (auth !== undefined && Buffer.from(auth, 'base64').includes(':')) return { basic: auth };
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Keys are hosts, or addresses as `https://index.docker.io/v1/`. */
function hostOf(key: string): string {
  const host =
    key
      .replace(/^https?:\/\//, '')
      .split('/')[0]
      ?.toLowerCase() ?? '';
  return hubNames.has(host) ? 'docker.io' : host;
}
