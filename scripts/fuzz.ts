// Reads archives and manifests of images that are spoiled, or full of what no builder writes: `npm run fuzz`. Words: seconds (60) and the
// first seed (the time). Tells the seed of each round that went wrong: the reader threw what it does not promise, took
// longer than ten seconds, grew, or gave a sum that is wrong without a note. Exits 1 where there was one.

import { fuzzRound } from '../test/layers/files/fuzz-archives.ts';
import { manifestRound } from '../test/registry/fuzz-manifests.ts';

const [seconds = '60', firstSeed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
const slowMilliseconds = 10_000;
const mostGrowth = 64 * 1024 * 1024;
const warmUpRounds = 2000;

const faults: string[] = [];
process.on('uncaughtException', (error) => void faults.push(`thrown past the reader: ${error.stack}`));
process.on('unhandledRejection', (error) => void faults.push(`rejected past the reader: ${error}`));

const end = performance.now() + Number(seconds) * 1000;
let rounds = 0;
let slowest = 0;
let before = 0;
for (let seed = Number(firstSeed); performance.now() < end && faults.length < 20; seed++) {
  const start = performance.now();
  const alarm = setTimeout(() => {
    console.log(`seed ${seed}: hangs`);
    process.exit(1);
  }, 60_000);
  const fault = manifestRound(seed) ?? (await fuzzRound(seed));
  clearTimeout(alarm);
  const took = performance.now() - start;
  slowest = Math.max(slowest, took);
  if (fault !== null) faults.push(`seed ${seed}: ${fault}`);
  if (took > slowMilliseconds) faults.push(`seed ${seed}: took ${(took / 1000).toFixed(1)} s`);
  if (++rounds === warmUpRounds) before = used();
}
const growth = before === 0 ? 0 : used() - before;
if (growth > mostGrowth)
  faults.push(`the process grew by ${(growth / 1e6).toFixed(0)} MB after ${warmUpRounds} rounds`);
for (const fault of faults) console.log(fault);
const facts = `${rounds} rounds from seed ${firstSeed}, the slowest ${slowest.toFixed(0)} ms, growth ${(growth / 1e6).toFixed(1)} MB`;
console.log(`${facts}: ${faults.length === 0 ? 'nothing wrong' : `${faults.length} wrong`}`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Bytes in use after a collection. */
function used(): number {
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}
