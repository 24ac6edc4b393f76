import { SandboxError } from './sandbox-error.ts';

/** How long a run may take, and what stops it. */
export interface RunLimits {
  readonly timeLimitSeconds: number;
  /** Aborting it stops the run. */
  readonly signal: AbortSignal;
}

/** The clock of one run, from the moment it is asked for. */
export interface RunClock {
  /** Aborted when the run is stopped or out of time; the reason says which. */
  readonly signal: AbortSignal;
  /** Milliseconds of its time that are left; 0 at its end. */
  left(): number;
  stop(): void;
}

/** Starts the clock of a run. */
export function startClock({ timeLimitSeconds, signal }: RunLimits): RunClock {
  const ended = new AbortController();
  const over = performance.now() + timeLimitSeconds * 1000;
  const stopped = () => {
    const { reason } = signal;
    ended.abort(reason instanceof SandboxError ? reason : new SandboxError('stopped', 'The run was stopped'));
  };
  const timer = setTimeout(() => {
    const message = `The run took longer than its limit of ${timeLimitSeconds} s and was ended. Set DEMO_TIME_LIMIT_SECONDS to allow more`;
    ended.abort(new SandboxError('time-limit', message));
  }, timeLimitSeconds * 1000);
  if (signal.aborted) stopped();
  else signal.addEventListener('abort', stopped, { once: true });
  return {
    signal: ended.signal,
    left: () => Math.max(0, over - performance.now()),
    stop() {
      clearTimeout(timer);
      signal.removeEventListener('abort', stopped);
    },
  };
}
