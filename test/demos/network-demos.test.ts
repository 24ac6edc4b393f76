import { expect, test } from 'vitest';
import { findDemos } from '../../src/demos/catalogue/find-demos.ts';
import { planDemo } from '../../src/demos/catalogue/plan-demo.ts';
import { openDemoEngine } from '../../src/sandbox/demo-engine.ts';
import { runToReport } from '../engines/disturbed-runs.ts';
import { standAsPodman } from '../engines/podman-like.ts';
import { openTestEngine } from '../engines/test-engine.ts';

const demos = [...(await findDemos(new URL('../../src/demos/', import.meta.url))).values()];
const openings = await Promise.all(demos.map(async (demo) => [demo, await planDemo(demo)] as const));

test('a demo that begins with a network says that it makes networks, and begins with its containers too', () => {
  const withNetwork = openings.filter(([, { calls }]) => calls.some(({ kind }) => kind === 'network'));
  expect(withNetwork.length).toBeGreaterThan(0);
  for (const [demo, { calls }] of withNetwork) {
    expect([demo.id, demo.networks]).toEqual([demo.id, true]);
    expect(calls.some((call) => call.kind === 'run' && call.network !== undefined)).toBe(
      demo.id !== 'connect-when-ready',
    );
  }
});

test('where an engine cannot keep networks apart, no claim of such a demo is tested, and each says why', async () => {
  const { engine, dataFolder } = await openTestEngine();
  const { socket } = await standAsPodman(engine.address.replace('unix://', ''), []);
  const podman = openDemoEngine({
    config: { host: `unix://${socket}`, tlsVerify: false, certPath: null },
    environment: {},
    baseImage: null,
    dataFolder,
    withoutLimits: 'allow',
  });
  for (const demo of demos.filter(({ networks }) => networks === true)) {
    const { claims, steps, receipt } = await runToReport(podman, demo, 60);
    expect(claims.map(({ id, held }) => [id, held])).toEqual(demo.claims.map((claim) => [claim, null]));
    expect(claims[0]?.observed).toContain('not run: Podman gives its host an address on every network');
    expect([steps, receipt.created.networks]).toEqual([[], 0]);
  }
});
