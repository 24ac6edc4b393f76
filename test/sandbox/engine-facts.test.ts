import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectEngine, describeEngine } from '../../src/sandbox/engine.ts';
import type { EngineFacts } from '../../src/sandbox/sandbox.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

/** What Podman 4.3.1 of Debian 12 answers, run by an unprivileged user on cgroup v1, as far as it is read. */
const podman = {
  version: { Components: [{ Name: 'Podman Engine' }], Version: '4.3.1', ApiVersion: '1.41', Arch: 'amd64' },
  info: {
    Driver: 'overlay',
    DriverStatus: [['Native Overlay Diff', 'true']],
    MemoryLimit: true,
    CpuCfsQuota: true,
    PidsLimit: true,
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '1',
    SecurityOptions: ['name=seccomp,profile=default'],
    Rootless: true,
  },
};

async function describeAnswers({ version, info }: { version: object; info: object }): Promise<EngineFacts> {
  const socket = join(await temporaryFolder(), 's');
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url?.endsWith('/version') ? version : info));
  }).listen(socket);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return describeEngine(connectEngine({ host: `unix://${socket}`, tlsVerify: false, certPath: null }, {}));
}

test('a rootless Podman on cgroup v1 is not believed that it enforces limits', async () => {
  const { product, rootless, controlGroups, enforces } = await describeAnswers(podman);
  expect({ product, rootless, controlGroups }).toEqual({ product: 'Podman', rootless: true, controlGroups: false });
  expect(enforces).toEqual({ memory: false, cpu: false, processes: false, ulimits: false });
});

test('a rootful Podman is', async () => {
  const { rootless, controlGroups, enforces } = await describeAnswers({
    ...podman,
    info: { ...podman.info, Rootless: false },
  });
  expect({ rootless, controlGroups }).toEqual({ rootless: false, controlGroups: true });
  expect(enforces).toEqual({ memory: true, cpu: true, processes: true, ulimits: true });
});

test.each([
  ['4.3.1', false],
  ['5.4.2', false],
  ['5.5.0', true],
  ['6.0.0-dev', true],
])('rootless Podman %s enforces ulimits: %s', async (version, ulimits) => {
  const answers = { ...podman, version: { ...podman.version, Version: version } };
  expect((await describeAnswers(answers)).enforces.ulimits).toBe(ulimits);
});

test('a rootless Docker, which says so among its options, enforces ulimits but no control groups of version 1', async () => {
  const info = { ...podman.info, Rootless: undefined, CgroupDriver: 'none', MemoryLimit: false, CpuCfsQuota: false };
  const docker = {
    version: { ...podman.version, Components: [{ Name: 'Engine' }], Version: '20.10.24+dfsg1' },
    info: { ...info, PidsLimit: false, SecurityOptions: ['name=seccomp,profile=default', 'name=rootless'] },
  };
  const { product, rootless, controlGroups, enforces } = await describeAnswers(docker);
  expect({ product, rootless, controlGroups }).toEqual({ product: 'Docker', rootless: true, controlGroups: false });
  expect(enforces).toEqual({ memory: false, cpu: false, processes: false, ulimits: true });
});
