import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A docker client that understands the engine. */
export interface DockerClient {
  /** The folder in which it stands. */
  readonly folder: string;
  /** The engine's address, as DOCKER_HOST takes it. */
  readonly engine: string;
}

/**
 * The environment in which a script runs: that of a reader who has just installed the client, without contexts,
 * settings and proxies that could change what it prints.
 * @param folder a temporary folder, for the script's files and the client's settings
 */
export function clientEnvironment({ folder: place, engine }: DockerClient, folder: string): Record<string, string> {
  return {
    PATH: `${place}${delimiter}${process.env.PATH ?? ''}`,
    DOCKER_HOST: engine,
    HOME: folder,
    TMPDIR: folder,
    DOCKER_CONFIG: folder,
    // The demos record the words of the classic builder.
    DOCKER_BUILDKIT: '0',
    BASE_IMAGE: 'dockproof/base:1',
  };
}

/**
 * Looks for a client that can build an image with the engine. A client of Docker 29 cannot talk to an engine that is
 * older than 25 (https://docs.docker.com/engine/release-notes/29/), and a machine may have one client more than it knows.
 * @param engine its address, as DOCKER_HOST takes it; it must have the demo base image
 * @returns the first that can, or why none can, in the clients' own words
 */
export function findDockerClient(engine: string): DockerClient | { readonly why: string } {
  const folders = new Set([...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']);
  const reasons: string[] = [];
  for (const folder of folders) {
    const reason = folder === '' ? 'absent' : tryClient({ folder, engine });
    if (reason === null) return { folder, engine };
    if (reason !== 'absent') reasons.push(`${join(folder, 'docker')}: ${reason}`);
  }
  return { why: reasons.length === 0 ? 'there is no docker client' : reasons.join('\n') };
}

/** @returns null if the client can build an image, `absent` if there is none, else its words */
function tryClient(client: DockerClient): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'dockproof-client-'));
  const docker = (words: readonly string[], input = '') =>
    spawnSync(join(client.folder, 'docker'), words, {
      env: clientEnvironment(client, folder),
      input,
      encoding: 'utf8',
    });
  try {
    const built = docker(['build', '--quiet', '--network', 'none', '-'], 'FROM dockproof/base:1\nRUN true\n');
    if (built.error) return 'code' in built.error && built.error.code === 'ENOENT' ? 'absent' : built.error.message;
    if (built.status !== 0) return `${built.stdout}${built.stderr}`.trim();
    docker(['image', 'rm', built.stdout.trim()]);
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
