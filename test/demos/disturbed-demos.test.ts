import { join } from 'node:path';
import Docker from 'dockerode';
import PQueue from 'p-queue';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { findDemos } from '../../src/demos/catalogue/find-demos.ts';
import { leftAfterReaper, openAt, runDisturbed, runToReport } from '../engines/disturbed-runs.ts';
import { disturbances } from '../engines/disturbing-proxy.ts';
import { openTestEngine } from '../engines/test-engine.ts';

/** Many more calls than `npm run disturb` disturbs, so that few runs show much. */
const share = 0.06;

const timeLimitSeconds = 10;

test.each([1, 2])(
  'with a wire that cuts, truncates, garbles, delays, hangs and answers 500, every demo ends in time, and tells nothing wrong',
  async (given) => {
    const seed = Number(process.env.SEED ?? given);
    const { engine, dataFolder } = await openTestEngine();
    const real = engine.address.replace('unix://', '');
    const parts = { real, dataFolder, timeLimitSeconds };
    const demos = [...(await findDemos(new URL('../../src/demos/', import.meta.url))).values()];
    const runs = await new PQueue({ concurrency: 4 }).addAll(
      demos.map((demo, index) => () => {
        const kind = disturbances[(index + seed) % disturbances.length] ?? 'cut';
        return runDisturbed(parts, demo, { kinds: [kind], share, seed: seed * 1000 + index });
      }),
    );
    const told = runs.map(({ demo, seed: own, disturbed, late, report }) => ({
      demo,
      late: late > 5,
      outcome: report.outcome,
      claims: report.claims.filter(({ held }) => held === false).map(({ observed }) => observed),
      words: `${report.error} SEED=${own} ${disturbed.join(', ')}`,
    }));
    expect(told.filter(({ late, outcome }) => late || outcome === 'refuted')).toEqual([]);
    expect(runs.some(({ disturbed }) => disturbed.length > 0)).toBe(true);
    expect(runs.map(({ report }) => report.outcome)).toContain('failed');
    expect(await leftAfterReaper(parts, new Docker({ socketPath: real }))).toEqual([]);
    const [first] = demos;
    if (!first) throw new Error(`There are no demos in ${join(projectFolder, 'src/demos')}`);
    expect(await runToReport(openAt(real, dataFolder), first, 60)).toMatchObject({ outcome: 'held' });
  },
  300_000,
);
