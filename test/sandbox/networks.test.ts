import { describe, expect, test } from 'vitest';
import { lackForNetworks } from '../../src/sandbox/network-policy.ts';
import { limits } from '../../src/sandbox/policy.ts';
import type { Container, Network } from '../../src/sandbox/sandbox.ts';
import { interpose } from '../engines/interpose.ts';
import { objectsOfRun, openTestEngine, openTestRun } from '../engines/test-engine.ts';

const serve = 'while :; do echo reached | nc -l -p 8080; done > /dev/null 2>&1 & sleep 0.1';
const call = (name: string) => `nc -w 1 ${name} 8080 < /dev/null`;

describe('a network of a run', () => {
  test('lets its containers reach each other by name, and is removed with the run', async () => {
    const { engine, docker } = await openTestEngine();
    const run = await openTestRun(engine);
    const network = await run.sandbox.network('net');
    const [a, b] = [await run.sandbox.run({ name: 'a', network }), await run.sandbox.run({ name: 'b', network })];
    await a.exec(serve);
    expect((await b.exec(call('demo-a'))).output).toBe('reached');
    expect(await network.containers()).toEqual(['demo-a', 'demo-b']);
    const receipt = await run.close();
    expect(receipt).toMatchObject({ created: { networks: 1, containers: 2 }, leftovers: 0 });
    expect(receipt.loosened.join()).toContain('bridges without an address of the host');
    expect(await objectsOfRun(docker, run.runId)).toEqual([]);
  });

  test('has no address of the host, and its containers no IPv6 and no resolver beyond it', async () => {
    const { engine, docker } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const network = await sandbox.network('net');
    const a = await sandbox.run({ name: 'a', network });
    const found = await docker.getNetwork(network.name).inspect();
    expect(found).toMatchObject({ Internal: true, EnableIPv6: false, Driver: 'bridge' });
    const { HostConfig } = await docker.getContainer(a.id).inspect();
    expect(HostConfig).toMatchObject({
      CapDrop: ['ALL'],
      Dns: ['127.0.0.1'],
      PortBindings: {},
      PublishAllPorts: false,
    });
    expect((await a.exec('ip -6 addr; ls /proc/net/if_inet6 && cat /proc/net/if_inet6')).output).not.toMatch(/fe80/);
    expect((await a.exec(call('1.1.1.1'))).exitCode).not.toBe(0);
  });

  test('is one of at most three', async () => {
    const { engine } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    for (let number = 0; number < limits.networks; number++) await sandbox.network(`n${number}`);
    await expect(sandbox.network('more')).rejects.toThrow('A run makes at most 3 networks');
  });

  test('is refused to containers of another run, and everybody else’s networks to its own', async () => {
    const { engine } = await openTestEngine();
    const [one, other] = [await openTestRun(engine), await openTestRun(engine)];
    const network = await one.sandbox.network('net');
    const foreign: Network = { ...network, name: 'bridge', shownName: 'bridge' };
    await expect(other.sandbox.run({ name: 'a', network })).rejects.toThrow('only on networks of its own run');
    await expect(one.sandbox.run({ name: 'a', network: foreign })).rejects.toThrow('only on networks of its own run');
    const a = await one.sandbox.run({ name: 'a', network });
    await expect(a.connect(foreign)).rejects.toThrow('only on networks of its own run');
    await expect(other.sandbox.run({ name: 'b', beside: a })).rejects.toThrow('only beside one of its own run');
  });

  test('never gets a container that was made without a network', async () => {
    const { engine } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const network = await sandbox.network('net');
    const alone = await sandbox.run({ name: 'alone' });
    await expect(alone.connect(network)).rejects.toThrow('was made without a network, and stays so');
  });

  test('keeps a container that shares the network of another under the profile for networks', async () => {
    const { engine, docker } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const network = await sandbox.network('net');
    const a = await sandbox.run({ name: 'a', network });
    const beside = await sandbox.run({ name: 'b', beside: a });
    const profiles = await Promise.all([a, beside].map((container) => profileOf(container)));
    expect(profiles[0]).toContain('SCMP_ACT_ERRNO');
    expect(profiles[1]).toBe(profiles[0]);

    async function profileOf({ id }: Container): Promise<string> {
      const { HostConfig } = await docker.getContainer(id).inspect();
      return HostConfig.SecurityOpt?.find((option: string) => option.startsWith('seccomp=')) ?? '';
    }
  });

  test('of a killed run is removed by the reaper, after its containers', async () => {
    const { engine, docker } = await openTestEngine();
    const run = await openTestRun(engine);
    const network = await run.sandbox.network('net');
    await run.sandbox.run({ name: 'a', network });
    const { Labels } = await docker.getNetwork(network.name).inspect();
    const dead = { ...Labels, 'dockproof.run': 'killed', 'dockproof.expires': '1' };
    const left = await docker.createNetwork({ Name: `${network.name}-left`, Internal: true, Labels: dead });
    const container = await docker.createContainer({
      Image: 'dockproof/base:1',
      Cmd: ['sleep', '30'],
      Labels: dead,
      HostConfig: { NetworkMode: `${network.name}-left` },
    });
    await container.start();
    expect(await engine.reap()).toBe(2);
    await expect(left.inspect()).rejects.toMatchObject({ statusCode: 404 });
    expect(await network.containers()).toEqual(['demo-a']);
  });
});

describe('what the engine makes of a request for a network', () => {
  /** An engine that answers one call about networks otherwise. */
  async function openBehind(method: string, body: object, status = 200) {
    const { engine } = await openTestEngine();
    const { socket } = await interpose(engine.address.replace('unix://', ''), (asked, url) =>
      asked === method && /^\/networks\/./.test(url) ? { status, body: JSON.stringify(body) } : null,
    );
    const behind = await openTestEngine(socket);
    return openTestRun(behind.engine);
  }
  const made = {
    Id: '0'.repeat(64),
    Name: 'n',
    Driver: 'bridge',
    Internal: true,
    EnableIPv6: false,
    Options: { 'com.docker.network.bridge.inhibit_ipv4': 'true' },
    Labels: {},
    Containers: {},
  };

  test.each([
    ['a way out', { Internal: false }],
    ['IPv6', { EnableIPv6: true }],
    ['an address of the host', { Options: {} }],
    ['the driver macvlan', { Driver: 'macvlan' }],
    ['containers on it', { Containers: { c: { Name: 'somebody-elses' } } }],
    ['another name', {}],
  ])('ends the run where it has %s', async (words, otherwise) => {
    const { sandbox } = await openBehind('GET', { ...made, ...otherwise });
    const error = await sandbox.network('net').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'limits-not-enforced', message: expect.stringContaining(words) });
  });

  test('is told with what mends it where all address pools are taken', async () => {
    const message =
      'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network';
    const { sandbox } = await openBehind('POST', { message }, 500);
    await expect(sandbox.network('net')).rejects.toMatchObject({
      code: 'engine-refused',
      message: expect.stringMatching(/address pool among[\s\S]*docker network rm NAME/),
    });
  });
});

describe('an engine', () => {
  const enforces = { memory: true, cpu: true, processes: true, ulimits: true, seccomp: true };

  test.each([
    ['Docker', '20.10.24+dfsg1', true, null],
    ['Docker', '28.0.1', true, null],
    ['Docker', '19.03.15', true, /20\.10 or later/],
    ['Docker', '28.0.1', false, /without seccomp/],
    ['Podman', '5.5.0', true, /gives its host an address/],
  ] as const)('%s %s with seccomp %s: %s', (product, version, seccomp, lack) => {
    const found = lackForNetworks({ product, version, enforces: { ...enforces, seccomp } });
    if (lack === null) expect(found).toBeNull();
    else expect(found).toMatch(lack);
  });
});
