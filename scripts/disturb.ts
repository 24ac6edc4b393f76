// Runs demos through a wire that disturbs some of the calls to the engine, and tells what became of them: `npm run disturb`.
// Words: rounds (10), the part of the calls that is disturbed in percent (3), kinds joined by commas (all), demos joined by
// commas (all), and the first seed (1); TIME_LIMIT is that of a run, in seconds (20). Exits 1 where a run ended late, was
// refuted, held although it was disturbed and showed something else than usual, or left something.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import PQueue from 'p-queue';
import { readConfig } from '../src/config.ts';
import { findDemos } from '../src/demos/catalogue/find-demos.ts';
import { connectEngine } from '../src/sandbox/engine.ts';
import {
  type DisturbedRun,
  leftAfterReaper,
  openAt,
  runDisturbed,
  runToReport,
  shownBy,
} from '../test/engines/disturbed-runs.ts';
import { disturbances } from '../test/engines/disturbing-proxy.ts';

const [rounds = '10', percent = '3', kindWords = disturbances.join(), demoWords = '', firstSeed = '1'] =
  process.argv.slice(2);
const timeLimitSeconds = Number(process.env.TIME_LIMIT ?? 20);
const grace = 5;

const unhandled: unknown[] = [];
process.on('unhandledRejection', (error) => void unhandled.push(error));
process.on('uncaughtException', (error) => void unhandled.push(error));

const { address } = connectEngine(readConfig(process.env).engine, process.env);
const real = address.replace('unix://', '');
const dataFolder = await mkdtemp(join(tmpdir(), 'dockproof-disturb-'));
const parts = { real, dataFolder, timeLimitSeconds };
const wanted = demoWords === '' ? null : demoWords.split(',');
const found = [...(await findDemos(new URL('../src/demos/', import.meta.url))).values()];
const demos = found.filter(({ id }) => wanted === null || wanted.includes(id));
const calm = openAt(real, dataFolder);

const usual = new Map<string, string>();
for (const demo of demos) {
  const report = await runToReport(calm, demo, 60);
  if (report.outcome !== 'held') throw new Error(`${demo.id} does not hold undisturbed: ${report.error}`);
  usual.set(demo.id, shownBy(report));
}

let faults = 0;
let seed = Number(firstSeed) * 100_000;
console.log(`${demos.length} demos × ${rounds} rounds, ${percent} % of the calls, limit ${timeLimitSeconds} s`);
for (const kind of disturbances.filter((each) => kindWords.split(',').includes(each))) {
  const queue = new PQueue({ concurrency: 2 });
  const jobs = Array.from({ length: Number(rounds) }, () => demos).flat();
  const runs = await queue.addAll(
    jobs.map((demo) => () => runDisturbed(parts, demo, { kinds: [kind], share: Number(percent) / 100, seed: ++seed })),
  );
  const count = (is: (run: DisturbedRun) => boolean) => runs.filter(is).length;
  const bad = runs.filter(
    ({ late, report, demo, disturbed }) =>
      late > grace ||
      report.outcome === 'refuted' ||
      (report.outcome === 'held' && disturbed.length > 0 && shownBy(report) !== usual.get(demo)),
  );
  const left = await leftAfterReaper(parts, new Docker({ socketPath: real }));
  const told = [
    kind.padEnd(9),
    `${count(({ disturbed }) => disturbed.length > 0)} of ${runs.length} disturbed`,
    `${count(({ report }) => report.outcome === 'held')} held`,
    `${count(({ report }) => report.outcome === 'failed')} failed`,
    `${count(({ report }) => report.outcome === 'refuted')} refuted`,
    `${count(({ late }) => late > grace)} late, the latest by ${Math.max(...runs.map(({ late }) => late)).toFixed(1)} s`,
    `${left.length} left`,
    `${unhandled.length} unhandled`,
  ];
  console.log(told.join(' · '));
  for (const { demo, seed: own, disturbed, report, late } of bad) {
    console.log(
      `  ${demo} seed ${own} ${report.outcome} late ${late.toFixed(1)} ${report.error ?? ''} [${disturbed.join(', ')}]`,
    );
    if (report.outcome !== 'failed') console.log(`    shown: ${shownBy(report)}\n    usual: ${usual.get(demo)}`);
  }
  for (const line of left) console.log(`  left: ${line}`);
  faults += bad.length + left.length + unhandled.length;
}
let again = 0;
for (const demo of demos) if ((await runToReport(calm, demo, 60)).outcome === 'held') again++;
console.log(`undisturbed afterwards: ${again} of ${demos.length} held`);
for (const error of unhandled) console.log(error);
await rm(dataFolder, { recursive: true, force: true });
process.exit(faults > 0 || again < demos.length ? 1 : 0);
