import type { OpeningCall } from './opening.ts';
import { prepareRun } from './prepared-run.ts';
import type { OpenRun } from './run.ts';
import { SandboxError } from './sandbox-error.ts';

/** What a demo begins with, under the demo's id. */
export interface Opening {
  readonly demo: string;
  readonly calls: readonly OpeningCall[];
}

/** What a pool of prepared runs is made of. */
export interface WarmPoolParts {
  /** The most runs that stand prepared at a time; 0 for none. */
  readonly size: number;
  /** Opens a run that is to wait; the signal ends it. @throws SandboxError */
  readonly open: (signal: AbortSignal) => Promise<OpenRun>;
  /** Whether nobody waits for the engine: runs are prepared only then. */
  readonly idle: () => boolean;
  /** How long a prepared run waits for its demo, in milliseconds. */
  readonly lifetime: number;
}

/** Runs that have been begun ahead: containers started, volumes and images made. Each serves one demo run, once. */
export interface WarmPool {
  /** Wants a demo's opening prepared, in the place of the one wanted longest ago. */
  want(opening: Opening): void;
  /** Takes the run that stands prepared for a demo; null if there is none. */
  take(demo: string): OpenRun | null;
  /** Prepares what is wanted and not there. Call it when the engine has become idle. */
  topUp(): Promise<void>;
  /** Removes what stands prepared, and wants nothing more until it is told. */
  clear(): Promise<void>;
}

/** Makes an empty pool. */
export function createWarmPool({ size, open, idle, lifetime }: WarmPoolParts): WarmPool {
  const wanted = new Map<string, Opening>();
  const shelf = createShelf(lifetime, (demo) => wanted.delete(demo));
  let work: Promise<void> = Promise.resolve();
  let preparing = new AbortController();

  const prepare = async ({ demo, calls }: Opening): Promise<void> => {
    const run = await openPrepared(() => open(preparing.signal), calls);
    if (run === null) wanted.delete(demo);
    else if (wanted.has(demo)) shelf.put(demo, run);
    else await run.close();
  };

  /** Removes what stands prepared and is wanted no more: before anything is made, so that the pool never holds more. */
  const trim = async (): Promise<void> => {
    for (const demo of shelf.demos()) {
      if (!wanted.has(demo)) await shelf.take(demo)?.close();
    }
  };

  const topUp = async (): Promise<void> => {
    await trim();
    for (const opening of [...wanted.values()]) {
      if (!idle()) return;
      if (shelf.demos().includes(opening.demo) || !wanted.has(opening.demo)) continue;
      await trim();
      await prepare(opening);
    }
  };

  const pool: WarmPool = {
    want(opening) {
      if (size === 0 || opening.calls.length === 0) return;
      wanted.delete(opening.demo);
      wanted.set(opening.demo, opening);
      for (const surplus of [...wanted.keys()].slice(0, -size)) wanted.delete(surplus);
      void pool.topUp();
    },
    take(demo) {
      const run = shelf.take(demo);
      if (run === null || !run.signal.aborted) return run;
      void run.close();
      return null;
    },
    topUp() {
      work = work.then(topUp);
      return work;
    },
    async clear() {
      wanted.clear();
      preparing.abort(new SandboxError('stopped', 'Nothing more is to be prepared'));
      preparing = new AbortController();
      await work;
      for (const demo of shelf.demos()) wanted.delete(demo);
      await Promise.all(shelf.demos().map((demo) => shelf.take(demo)?.close()));
    },
  };
  return pool;
}

/** @returns null where it could not be: without it the demo starts cold and tells what is wrong, if it still is */
async function openPrepared(open: () => Promise<OpenRun>, calls: Opening['calls']): Promise<OpenRun | null> {
  let run: OpenRun | null = null;
  try {
    run = await open();
    return await prepareRun(run, calls);
  } catch {
    await run?.close();
    return null;
  }
}

/**
 * Where prepared runs stand, each for so long.
 * @param lifetime milliseconds
 * @param lapsed called where a run has stood for so long, before it is closed
 */
function createShelf(lifetime: number, lapsed: (demo: string) => void) {
  const standing = new Map<string, { readonly run: OpenRun; readonly timer: NodeJS.Timeout }>();
  const take = (demo: string): OpenRun | null => {
    const found = standing.get(demo);
    if (!found) return null;
    clearTimeout(found.timer);
    standing.delete(demo);
    return found.run;
  };
  return {
    take,
    put(demo: string, run: OpenRun): void {
      const timer = setTimeout(() => {
        lapsed(demo);
        void take(demo)?.close();
      }, lifetime);
      timer.unref();
      standing.set(demo, { run, timer });
    },
    demos: (): readonly string[] => [...standing.keys()],
  };
}
