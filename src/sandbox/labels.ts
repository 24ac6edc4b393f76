import { hostname } from 'node:os';
import { processScope, processStart } from './process-start.ts';

/** The labels on every container, volume and network that a run makes; the reaper finds leftovers by them. */
export const labelNames = {
  /** The id kept in the data folder: which Dockproof made it. */
  owner: 'dockproof.owner',
  run: 'dockproof.run',
  /** The process that made it: host, process id and start time. */
  process: 'dockproof.process',
  /** Unix seconds after which it is left over, whoever made it. */
  expires: 'dockproof.expires',
  /** On a volume that stands for another one, which the engine made and gave no labels: that one's name. */
  standsFor: 'dockproof.stands-for',
  /** Marks the demo base image. */
  base: 'dockproof.base',
} as const;

/**
 * The labels on images. They have names of their own, since a container inherits what its image carries: one that
 * somebody else starts from an image of a run is not the run's.
 */
export const imageLabelNames = {
  owner: 'dockproof.image.owner',
  run: 'dockproof.image.run',
  process: 'dockproof.image.process',
  expires: 'dockproof.image.expires',
} as const;

/** The labels of a run's images, from those of its containers. */
export function imageLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  const names = ['owner', 'run', 'process', 'expires'] as const;
  return Object.fromEntries(names.map((name) => [imageLabelNames[name], labels[labelNames[name]] ?? '']));
}

/** The labels that a container passes on to an image made from it, without what they say. */
export const noContainerLabels: Readonly<Record<string, string>> = {
  [labelNames.owner]: '',
  [labelNames.run]: '',
  [labelNames.process]: '',
  [labelNames.expires]: '',
};

/** `LABEL` with the labels, as a Dockerfile has it. */
export function labelInstruction(labels: Readonly<Record<string, string>>): string {
  return `LABEL ${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ')}`;
}

/**
 * The labels for one run.
 * @param expires unix seconds
 */
export function runLabels(owner: string, run: string, expires: number): Record<string, string> {
  return {
    [labelNames.owner]: owner,
    [labelNames.run]: run,
    [labelNames.process]: thisProcess(),
    [labelNames.expires]: String(expires),
  };
}

/**
 * Names this process so that a later one can tell whether it still runs: host, process id and start time, and what the id
 * is good for: the boot of the machine and the namespace of process ids.
 */
export function thisProcess(): string {
  const { boot, namespace } = processScope();
  return [hostname(), process.pid, processStart(process.pid) ?? '', boot, namespace].join('/');
}

/**
 * Tells whether the process that a label names still runs. A process of another host, or of another namespace of process
 * ids on this one, counts as running, for its id means nothing here: only its expiry can tell. One of an earlier boot of
 * this machine does not.
 */
export function isProcessAlive(label: string): boolean {
  const [host, pidText, start, boot, namespace] = label.split('/');
  if (host !== hostname()) return true;
  const scope = processScope();
  if (boot !== undefined && boot !== scope.boot) return false;
  if (namespace !== undefined && namespace !== scope.namespace) return true;
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return (processStart(pid) ?? '') === start;
}
