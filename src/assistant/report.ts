import type { Step } from '../demos/catalogue/demo.ts';
import type { ObjectCounts, Receipt, WarmStart } from '../sandbox/receipt.ts';

export type { Step };

/** How a demo run ended: all claims held, one was refuted, an error kept it from ending, or somebody stopped it. */
export type RunOutcome = 'held' | 'refuted' | 'failed' | 'stopped';

/** A claim with what its test predicted and observed. `held` is null where it was not run. */
export interface TestedClaim {
  readonly id: string;
  readonly text: string;
  readonly predicted: string;
  readonly observed: string;
  readonly held: boolean | null;
}

/** Everything that a demo run showed. Plain data; `demo --json` prints it. */
export interface Report {
  readonly demo: string;
  readonly title: string;
  readonly outcome: RunOutcome;
  readonly steps: readonly Step[];
  readonly claims: readonly TestedClaim[];
  readonly receipt: Receipt;
  /** Plain `docker` commands that give the same outcome. */
  readonly script: string;
  /** What failed and what mends it, where the outcome is `failed` or `stopped`. */
  readonly error: string | null;
  /** The code of that failure, for example `no-engine`; null where there was none. */
  readonly errorCode: string | null;
}

/** What a run made, in words, for example `2 containers, 1 image`: kinds of which there are none are left out. */
export function describeCounts({ containers, images, volumes, networks }: ObjectCounts): string {
  const counts = { container: containers, image: images, volume: volumes, network: networks };
  const made = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}${count === 1 ? '' : 's'}`);
  return made.length === 0 ? 'nothing' : made.join(', ');
}

/** A warm start in words, for example `1 container, 1 volume, for this run alone, 12 s before it`. */
export function describeWarmStart(warm: WarmStart): string {
  return `${describeCounts(warm)}, for this run alone, ${warm.secondsBefore} s before it`;
}
