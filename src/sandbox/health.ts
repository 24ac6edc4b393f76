import type { HealthConfig } from 'dockerode';
import type { HealthCheck } from './sandbox.ts';

const nanoseconds = 1_000_000;

/** Milliseconds after which a check counts as failed. */
const probeLimit = 2000;

/** A health check as the engine takes it; its command runs in the container, under the policy. */
export function healthConfig({ command, interval, retries, startPeriod = 0 }: HealthCheck): HealthConfig {
  return {
    Test: ['CMD-SHELL', command],
    Interval: interval * nanoseconds,
    Timeout: probeLimit * nanoseconds,
    Retries: retries,
    StartPeriod: startPeriod * nanoseconds,
  };
}

/** The flags of `docker run` for a health check. */
export function healthFlags({ command, interval, retries, startPeriod }: HealthCheck): string[] {
  return [
    '--health-cmd',
    command,
    '--health-interval',
    `${interval}ms`,
    '--health-retries',
    String(retries),
    ...(startPeriod === undefined ? [] : ['--health-start-period', `${startPeriod}ms`]),
  ];
}

/** Words of a shell that print a container's health, `none` where nothing checks it. */
export function healthCommand(shown: string): string {
  return `docker inspect --format '{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' ${shown}`;
}

/** A command that waits until a container has a health, at most the given milliseconds. */
export function waitForHealth(shown: string, wanted: string, milliseconds: number): string {
  const tries = Math.ceil(milliseconds / 100);
  return `for i in $(seq ${tries}); do [ "$(${healthCommand(shown)})" = ${wanted} ] && break; sleep 0.1; done`;
}
