import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { projectFolder } from '../../../src/assemble.ts';
import { connectEngine } from '../../../src/sandbox/engine.ts';
import { temporaryFolder } from '../../engines/test-engine.ts';
import { allAttacks, isStopped, runAttacks } from './all-attacks.ts';
import { openStand } from './stand.ts';

test('every attack on the engine in use is stopped, and succeeds once its limit is taken away', async () => {
  const config = { host: process.env.DOCKER_HOST ?? null, tlsVerify: false, certPath: null };
  const engine = connectEngine(config, process.env);
  const stand = await openStand({ engine, dataFolder: await temporaryFolder(), withoutLimits: 'refuse' });
  try {
    const rows = await runAttacks(stand);
    expect(rows.filter((row) => !isStopped(row))).toEqual([]);
    // In the user namespace of a rootless engine some attempts fail without the limit too.
    if (!stand.facts.rootless) expect(rows.filter((row) => row.verdict === 'stopped')).toHaveLength(allAttacks.length);
  } finally {
    await stand.close();
  }
}, 180_000);

test('every attack names a limit that docs/sandbox.md explains', async () => {
  const page = await readFile(`${projectFolder}docs/sandbox.md`, 'utf8');
  const explained = [...page.matchAll(/^\| (.+?) +\| /gm)].map((row) => row[1]);
  for (const { limit } of allAttacks) expect(explained).toContain(limit);
});
