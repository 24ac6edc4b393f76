import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { readConfig } from '../../src/config.ts';
import { checkDockerfile } from '../../src/sandbox/check-dockerfile.ts';
import { boundBuild, demoUser, describeLimits, limits } from '../../src/sandbox/policy.ts';
import { objectsOfRun, openTestEngine, openTestRun } from '../engines/test-engine.ts';

test('a container that loosens nothing is locked down, as the engine itself tells', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const { id } = await sandbox.create({ name: 'a' });
  const found = await docker.getContainer(id).inspect();
  expect(found.Config.User).toBe('65534:65534');
  expect(found.HostConfig).toMatchObject({
    NetworkMode: 'none',
    CapDrop: ['ALL'],
    Privileged: false,
    ReadonlyRootfs: true,
    Memory: 64 * 1024 * 1024,
    MemorySwap: 64 * 1024 * 1024,
    PidsLimit: 64,
    IpcMode: 'private',
    PidMode: '',
    UsernsMode: '',
    Binds: null,
  });
  expect(found.HostConfig.SecurityOpt).toEqual(['no-new-privileges']);
  expect(found.HostConfig.Devices ?? []).toEqual([]);
});

test('loosening one thing leaves the rest locked', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const { id } = await sandbox.create({ name: 'a', loosen: { writableRoot: true, user: '0', memory: 1024 ** 3 } });
  const found = await docker.getContainer(id).inspect();
  expect(found.HostConfig).toMatchObject({
    ReadonlyRootfs: false,
    CapDrop: ['ALL'],
    NetworkMode: 'none',
    PidsLimit: 64,
  });
  expect(found.HostConfig.Memory).toBe(64 * 1024 * 1024);
});

test('a container has a loopback and no other network interface', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const { output } = await sandbox.runOnce({ name: 'a', script: 'ls /sys/class/net; nc -w 1 10.0.0.1 80; echo $?' });
  expect(output.split('\n')[0]).toBe('lo');
  expect(output).toMatch(/unreachable[\s\S]*1$/);
});

test('everything a run makes carries its labels', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox, runId } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a', loosen: { writableRoot: true } });
  await container.commit('committed');
  await sandbox.volume('v');
  expect((await objectsOfRun(docker, runId)).map((line) => line.split(' ')[0])).toEqual([
    'container',
    'image',
    'volume',
  ]);
});

test('the page on the sandbox tells the values that the policy has', async () => {
  const page = await readFile(`${projectFolder}docs/sandbox.md`, 'utf8');
  const told = new Map([...page.matchAll(/^\| (.+?) \| (.+?) \|/gm)].map(([, limit, value]) => [limit, value]));
  const MiB = 1024 * 1024;
  const values: Readonly<Record<string, string>> = {
    user: demoUser,
    'networks of a run': `${limits.networks} at most, internal, without the host, TCP over IPv4 only, no port published`,
    'memory and swap': `${limits.memoryBytes / MiB} MiB together`,
    CPU: `${limits.cpus}`,
    processes: `${limits.processes}`,
    'open files, file size': `${limits.openFiles}, ${limits.fileBytes / MiB} MiB`,
    '`/tmp`': `${limits.temporaryBytes / MiB} MiB in memory, no programs`,
    'shared memory': `${limits.sharedMemoryBytes / MiB} MiB`,
    disk: `${limits.diskBytes / MiB} MiB and ${limits.diskFiles.toLocaleString('en')} files a run`,
    builds: `${limits.buildMemoryBytes / MiB} MiB, ${limits.cpus} CPU, ${limits.buildProcesses} processes, files up to ${limits.fileBytes / MiB} MiB`,
    log: `${limits.logBytes / 1024} KiB a file`,
    output: `${limits.outputBytes / 1024} KiB a command`,
    time: `${readConfig({}).demoLimits.timeLimitSeconds} s a run`,
  };
  for (const [limit, value] of Object.entries(values)) expect([limit, told.get(limit)]).toEqual([limit, value]);
  expect(page).toContain(`up to ${limits.largestFileBytes / MiB} MiB with`);
  expect(page).toContain(`beyond ${limits.diskBytes / MiB} MiB or ${limits.diskFiles.toLocaleString('en')} files`);
  expect(page).toContain(`at most ${limits.fileBytes / MiB} MiB for each of ${limits.openFiles} open files`);
});

test('every row of the page on the sandbox names what can be looked up, and every limit of the policy is told', async () => {
  const page = await readFile(`${projectFolder}docs/sandbox.md`, 'utf8');
  const rows = [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]+ \| ([^|]+) \|$/gm)].map((row) => row[3] ?? '');
  const named = new Set(rows.flatMap((row) => [...row.matchAll(/`limits\.(\w+)`/g)].map((name) => name[1] ?? '')));
  for (const name of named) expect(Object.keys(limits)).toContain(name);
  const elsewhere = ['openFiles', 'largestFileBytes', 'stopSeconds', 'buildMemoryBytes', 'buildProcesses'];
  expect(Object.keys(limits).filter((name) => !named.has(name) && !elsewhere.includes(name))).toEqual([]);
});

test('a build gets every bound that its builder takes', () => {
  const enforces = { memory: true, cpu: true, processes: true, ulimits: true, seccomp: true };
  const { ulimits, ...bounds } = boundBuild({ product: 'Docker', enforces });
  expect(bounds).toEqual({
    networkmode: 'none',
    rm: true,
    forcerm: true,
    shmsize: limits.sharedMemoryBytes,
    memory: limits.buildMemoryBytes,
    memswap: limits.buildMemoryBytes,
    cpuperiod: 100_000,
    cpuquota: 100_000,
  });
  expect(JSON.parse(ulimits ?? '')).toEqual([
    { Name: 'nofile', Soft: 256, Hard: 256 },
    { Name: 'core', Soft: 0, Hard: 0 },
    { Name: 'fsize', Soft: limits.fileBytes, Hard: limits.fileBytes },
    { Name: 'nproc', Soft: 512, Hard: 512 },
  ]);
  expect(boundBuild({ product: 'Podman', enforces: { ...enforces, memory: false } })).not.toHaveProperty('memory');
});

test.each([
  [['FROM alpine']],
  [['FROM base AS a', 'COPY --from=alpine /x /y']],
  [['FROM base', 'USER 0:0', 'RUN true']],
  [['FROM scratch', 'RUN true']],
  [['FROM base', 'USER 0:0 \\\n', 'RUN true']],
  [['FROM base', 'ADD https://example.com/x /x']],
  [['FROM base', 'RUN --mount=type=bind,target=/x true']],
  [['FROM base', 'COPY --chmod=4755 a b']],
  [['from alpine']],
  [['FROM base\nFROM alpine']],
  [['# syntax=example.com/frontend', 'FROM base']],
])('a build from %j is refused before the engine hears of it', (lines) => {
  expect(() => checkDockerfile(lines)).toThrow(/does not build with/);
});

test('a build on nothing may copy, and run only what a demo loosens', () => {
  const lines = ['FROM base AS tools', 'FROM scratch', 'COPY --from=tools /bin /bin', 'CMD ["id"]'];
  expect(() => checkDockerfile(lines)).not.toThrow();
  expect(() => checkDockerfile([...lines, 'RUN ["id"]'])).toThrow(/does not build with/);
  expect(() => checkDockerfile([...lines, 'RUN ["id"]'], true)).not.toThrow();
});

test('a limit that the engine cannot enforce is told as such', () => {
  const enforces = { memory: false, cpu: true, processes: false, ulimits: false, seccomp: false };
  const without = describeLimits({ product: 'Podman', enforces }).filter((limit) =>
    limit.includes('not enforced by this engine'),
  );
  expect(without).toEqual([
    'default seccomp profile (not enforced by this engine)',
    'memory and swap 64 MiB (not enforced by this engine)',
    '64 processes (not enforced by this engine)',
    'files up to 16 MiB (not enforced by this engine)',
  ]);
});
