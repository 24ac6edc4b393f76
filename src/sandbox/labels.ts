import { hostname } from 'node:os';
import { processStart } from './process-start.ts';

/** The labels on everything that a run makes; the reaper finds leftovers by them. */
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

/** Names this process so that a later one can tell whether it still runs: host, process id and start time. */
export function thisProcess(): string {
  return `${hostname()}/${process.pid}/${processStart(process.pid) ?? ''}`;
}

/**
 * Tells whether the process that a label names still runs. A process of another host counts as running: only its
 * expiry can tell.
 */
export function isProcessAlive(label: string): boolean {
  const [host, pidText, start] = label.split('/');
  if (host !== hostname()) return true;
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return (processStart(pid) ?? '') === start;
}
