import { healthConfig } from './health.ts';
import type { ImageContent } from './image-archive.ts';
import type { ImageSettings } from './sandbox.ts';

/**
 * Adds what the instructions of one Dockerfile set to the configuration of the image below, as the builder does
 * (https://docs.docker.com/reference/dockerfile/): the last CMD counts, and an ENTRYPOINT takes the CMD of the image below
 * away, but not one of the same Dockerfile.
 */
export function withSettings(
  below: ImageContent['config'],
  instructions: readonly ImageSettings[],
): ImageContent['config'] {
  const { Cmd, ...rest } = below;
  const last = <Key extends keyof ImageSettings>(key: Key): ImageSettings[Key] | undefined =>
    instructions.findLast((one) => one[key] !== undefined)?.[key];
  const [entrypoint, user, health] = [last('entrypoint'), last('user'), last('health')];
  const command = last('command') ?? (entrypoint === undefined ? Cmd : undefined);
  const volumes = instructions.flatMap((one) => one.volumes ?? []);
  const ports = instructions.flatMap((one) => one.exposes ?? []).map((port) => [`${port}/tcp`, {}] as const);
  const added = instructions.flatMap(({ environment }) => Object.entries(environment ?? {}));
  return {
    ...rest,
    ...(command === undefined ? {} : { Cmd: command }),
    ...(entrypoint === undefined ? {} : { Entrypoint: entrypoint }),
    ...(added.length === 0 ? {} : { Env: withVariables(below.Env ?? [], added) }),
    ...(user === undefined ? {} : { User: user }),
    ...(volumes.length === 0
      ? {}
      : { Volumes: { ...below.Volumes, ...Object.fromEntries(volumes.map((path) => [path, {}])) } }),
    ...(ports.length === 0 ? {} : { ExposedPorts: { ...below.ExposedPorts, ...Object.fromEntries(ports) } }),
    ...(health === undefined ? {} : { Healthcheck: healthOf(health) }),
  };
}

/** A variable keeps its place; a new one comes last. */
function withVariables(lines: readonly string[], added: readonly (readonly [string, string])[]): string[] {
  const values = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  for (const [name, value] of added) values.set(name, value);
  return [...values].map(([name, value]) => `${name}=${value}`);
}

function healthOf(health: NonNullable<ImageSettings['health']>): NonNullable<ImageContent['config']['Healthcheck']> {
  return health === 'none' ? { Test: ['NONE'] } : healthConfig(health);
}
