import { expect, test } from 'vitest';
import { connectEngine, describeEngine } from '../../src/sandbox/engine.ts';
import type { EngineFacts } from '../../src/sandbox/sandbox.ts';
import { type Answers, rootlessDocker, rootlessPodman, serveRecorded } from '../engines/recorded-engine.ts';

async function describeAnswers(answers: Answers): Promise<EngineFacts> {
  const { socket } = await serveRecorded(answers);
  return describeEngine(connectEngine({ host: `unix://${socket}`, tlsVerify: false, certPath: null }, {}));
}

test('a rootless Podman on cgroup v1 is not believed that it enforces limits', async () => {
  const { product, rootless, controlGroups, enforces } = await describeAnswers(rootlessPodman);
  expect({ product, rootless, controlGroups }).toEqual({ product: 'Podman', rootless: true, controlGroups: false });
  expect(enforces).toEqual({ memory: false, cpu: false, processes: false, ulimits: false, seccomp: true });
});

test('a rootful Podman is', async () => {
  const { rootless, controlGroups, enforces } = await describeAnswers({
    ...rootlessPodman,
    info: { ...rootlessPodman.info, Rootless: false },
  });
  expect({ rootless, controlGroups }).toEqual({ rootless: false, controlGroups: true });
  expect(enforces).toEqual({ memory: true, cpu: true, processes: true, ulimits: true, seccomp: true });
});

test.each([
  ['4.3.1', false],
  ['5.4.2', false],
  ['5.5.0', true],
  ['6.0.0-dev', true],
])('rootless Podman %s enforces ulimits: %s', async (version, ulimits) => {
  const answers = { ...rootlessPodman, version: { ...rootlessPodman.version, Version: version } };
  expect((await describeAnswers(answers)).enforces.ulimits).toBe(ulimits);
});

test('a rootless Docker, which says so among its options, enforces ulimits but no control groups of version 1', async () => {
  const { product, rootless, controlGroups, enforces } = await describeAnswers(rootlessDocker);
  expect({ product, rootless, controlGroups }).toEqual({ product: 'Docker', rootless: true, controlGroups: false });
  expect(enforces).toEqual({ memory: false, cpu: false, processes: false, ulimits: true, seccomp: true });
});
