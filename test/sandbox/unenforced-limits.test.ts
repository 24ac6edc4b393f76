import { describe, expect, test } from 'vitest';
import { connectEngine } from '../../src/sandbox/engine.ts';
import { createGate } from '../../src/sandbox/engine-gate.ts';
import { rootlessDocker, rootlessPodman, serveRecorded } from '../engines/recorded-engine.ts';
import { openTestEngine, temporaryFolder } from '../engines/test-engine.ts';

const run = () => ({
  demo: 'test',
  runId: crypto.randomUUID(),
  timeLimitSeconds: 60,
  signal: new AbortController().signal,
});

describe('an engine that takes no notice of limits', () => {
  test('gets no run, and is told nothing but to say what it is', async () => {
    const { socket, requests } = await serveRecorded(rootlessDocker);
    const { engine } = await openTestEngine(socket);
    await expect(engine.openRun(run())).rejects.toMatchObject({
      name: 'SandboxError',
      code: 'limits-not-enforced',
      message: expect.stringMatching(
        /limits on memory, CPU and processes\. It is rootless on cgroup v1.*cgroup v2.*DEMO_ENGINE_WITHOUT_LIMITS=allow.*docs\/engine\.md/,
      ),
    });
    expect([...requests].sort()).toEqual(['GET /info', 'GET /version']);
  });

  test('begins no demo ahead either', async () => {
    const { socket, requests } = await serveRecorded(rootlessDocker);
    const { engine } = await openTestEngine(socket, { warmRuns: 1 });
    engine.warm({ demo: 'test', calls: [{ kind: 'volume', name: 'v' }] });
    await engine.warmed();
    expect([...requests].sort()).toEqual(['GET /info', 'GET /version']);
  });

  test('gets runs once that is accepted, and their receipts tell what is not enforced', async () => {
    const { socket } = await serveRecorded(rootlessDocker);
    const { engine } = await openTestEngine(socket, { withoutLimits: 'allow' });
    expect(await engine.refusal()).toBeNull();
    const open = await engine.openRun(run());
    const { limits } = await open.close();
    expect(limits.filter((limit) => limit.endsWith('(not enforced by this engine)'))).toHaveLength(3);
  });
});

test('an engine that enforces every limit is not refused', async () => {
  const { engine } = await openTestEngine();
  expect(await engine.refusal()).toBeNull();
});

const delegated = { ...rootlessDocker.info, CgroupVersion: '2', CgroupDriver: 'systemd', MemoryLimit: true };
const rootful = { ...delegated, SecurityOptions: ['name=seccomp,profile=default'] };

const rootfulPodman = { ...rootlessPodman, info: { ...rootlessPodman.info, Rootless: false } };
const unconfined = {
  ...delegated,
  PidsLimit: true,
  CpuCfsQuota: true,
  SecurityOptions: ['name=seccomp,profile=unconfined'],
};

test.each([
  ['rootless Podman 4', rootlessPodman, /memory, CPU, processes and ulimits \(open files.*Podman 5\.5 or later/],
  ['rootless, without CPU delegated', { ...rootlessDocker, info: delegated }, /limits on CPU and proc.*delegate them/],
  ['on a kernel without', { ...rootlessDocker, info: rootful }, /limits on CPU and proc.*boot parameters/],
  ['without a cgroup driver', { ...rootlessDocker, info: { ...rootful, CgroupDriver: 'none' } }, /a cgroup driver/],
  ['without seccomp', { ...rootlessDocker, info: unconfined }, /limits on system calls\. It runs containers without/],
  ['Podman that cannot use a profile of ours', rootfulPodman, /limits on system calls.*a recording; set DATA_DIR/],
])('an engine %s is refused with what mends it', async (_, answers, expected) => {
  const { engine } = await openTestEngine((await serveRecorded(answers)).socket);
  expect(await engine.refusal()).toMatch(expected);
});

test('a Podman elsewhere is refused, since its profile would have to be a file there', async () => {
  const { port } = await serveRecorded(rootfulPodman);
  const engine = connectEngine({ host: `tcp://127.0.0.1:${port}`, tlsVerify: false, certPath: null }, {});
  const parts = { engine, baseImage: null, dataFolder: await temporaryFolder(), owner: async () => 'test' };
  const refused = createGate({ ...parts, withoutLimits: 'refuse' });
  await expect(refused.pass()).rejects.toThrow(/limits on system calls.*use it on its own host/);
  const accepted = await createGate({ ...parts, withoutLimits: 'allow' }).pass();
  expect(accepted).toMatchObject({ seccompProfile: null, facts: { enforces: { seccomp: false, memory: true } } });
});

test('a Podman is refused where our profile cannot be written, saying so', async () => {
  const { socket } = await serveRecorded(rootfulPodman);
  const engine = connectEngine({ host: `unix://${socket}`, tlsVerify: false, certPath: null }, {});
  const parts = { engine, baseImage: null, dataFolder: '/dev/null/data', owner: async () => 'test' };
  await expect(createGate({ ...parts, withoutLimits: 'refuse' }).pass()).rejects.toThrow(
    /a stricter one cannot be written \(ENOTDIR.*set DATA_DIR to a folder that can/,
  );
});
