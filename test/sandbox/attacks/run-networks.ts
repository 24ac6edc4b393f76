import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { ContainerCreateOptions, NetworkCreateOptions, NetworkInspectInfo } from 'dockerode';
import { networkRequest } from '../../../src/sandbox/network-policy.ts';
import type { EngineFacts, Network } from '../../../src/sandbox/sandbox.ts';
import type { Attack, Attempt } from './attack.ts';
import { withCapability, withHost, withoutSeccomp } from './in-container.ts';
import { programInstruction } from './program.ts';
import { makeSendProgram } from './send-program.ts';
import type { Stand, Unlock } from './stand.ts';

/** Changes the request for a network, as `Unlock` does that for a container. */
type Widen = (request: NetworkCreateOptions) => NetworkCreateOptions;

/** A network to attack from. */
interface Place {
  readonly stand: Stand;
  readonly network: Network;
  readonly told: NetworkInspectInfo;
}

const asked: Widen = (request) => request;
const withHostAddress: Widen = (request) => ({ ...request, Options: {} });
const withIPv6: Widen = (request) => ({
  ...request,
  EnableIPv6: true,
  IPAM: { Config: [{ Subnet: 'fd5d:6f63:6b70::/64' }] },
});
const ordinary: Widen = (request) => ({ ...request, Internal: false, Options: {} });

/** Why an attack on the host shows nothing where this program is on another one. */
function onOtherHost({ host, networkLack }: EngineFacts): string | null {
  return (
    networkLack ?? (host === hostname() ? null : 'it listens on the host of this program, which is not the engine’s')
  );
}

const unavailable = ({ networkLack }: EngineFacts): string | null => networkLack;

/** Attacks from a network of a run on what is beyond it, and from there. */
export const runNetworkAttacks: readonly Attack[] = [
  attackFrom('Reach the host by the gateway of its network', callGateway, {
    widen: withHostAddress,
    hopeless: onOtherHost,
  }),
  attackFrom('Reach the host by its other addresses', callHost, { widen: withHostAddress, hopeless: onOtherHost }),
  attackFrom('Reach the host by IPv6', callHostByIPv6, {
    widen: withIPv6,
    unlock: withHost({ Sysctls: {} }),
    hopeless: onOtherHost,
  }),
  // All hosts of a network hear the second address, and everybody the third.
  sendTo('Send to the host past the routes', hostAddresses('IPv4')[0] ?? ''),
  sendTo('Send to the host by multicast', '224.0.0.1'),
  sendTo('Send to the host by broadcast', '255.255.255.255'),
  attackFrom('Add a route to the host', addRoute, {
    unlock: (request, facts) => ({ ...withCapability('NET_ADMIN')(request, facts), User: '0:0' }),
    hopeless: unavailable,
  }),
  {
    tries: 'Reach a container on another network by its address',
    limit: 'networks of a run',
    locked: (stand) => callForeign(stand, false),
    unlocked: (stand) => callForeign(stand, true),
    hopeless: unavailable,
  },
  {
    tries: 'Have the engine’s resolver carry a question out',
    limit: 'networks of a run',
    locked: (stand) => askOutside(stand, false),
    unlocked: (stand) => askOutside(stand, true),
    hopeless: unavailable,
  },
  attackFrom('Be called from the host, by the address', callFromHost, {
    widen: withHostAddress,
    hopeless: onOtherHost,
  }),
  attackFrom('Be called from the host, by a published port', callPublished, {
    widen: ordinary,
    unlock: withHost({ PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } }),
    hopeless: onOtherHost,
  }),
];

/** Makes an attack that sends a datagram with a program of its own. */
function sendTo(tries: string, address: string): Attack {
  return attackFrom(tries, (place, unlock) => send(place, address, unlock), {
    unlock: withoutSeccomp,
    hopeless: (facts) =>
      onOtherHost(facts) ?? (facts.architecture === 'amd64' ? null : 'the program for it is for another processor'),
  });
}

/** Makes an attack of what is tried on a network: as it is, then on a wider one, or from a looser container. */
function attackFrom(
  tries: string,
  attempt: (place: Place, unlock?: Unlock) => Promise<Attempt>,
  without: { readonly widen?: Widen; readonly unlock?: Unlock; readonly hopeless: Attack['hopeless'] },
): Attack {
  return {
    tries,
    limit: 'networks of a run',
    locked: (stand) => onNetwork(stand, asked, attempt),
    unlocked: (stand) => onNetwork(stand, without.widen ?? asked, (place) => attempt(place, without.unlock)),
    ...(without.hopeless === undefined ? {} : { hopeless: without.hopeless }),
  };
}

let number = 0;

async function onNetwork(stand: Stand, widen: Widen, attempt: (place: Place) => Promise<Attempt>): Promise<Attempt> {
  const { networkLack } = stand.facts;
  if (networkLack !== null) return { succeeded: false, seen: `no network is made: ${networkLack}` };
  const { docker } = stand.engine;
  const name = `dockproof-attack-${stand.context.runId.slice(0, 8)}-${++number}`;
  const handle = await docker.createNetwork(widen(networkRequest(name, stand.context.labels)));
  stand.context.networks.add(name);
  const shown = { containers: async () => [], tryRemove: async () => null };
  try {
    return await attempt({ stand, network: { name, shownName: name, ...shown }, told: await handle.inspect() });
  } finally {
    // Where a container is left on it, both go when the stand is closed.
    await handle.remove().catch(() => undefined);
  }
}

/** Runs a script on a network. */
async function run({ stand, network }: Place, script: string, unlock?: Unlock): Promise<Attempt> {
  const { output } = await stand.run({ network, script }, unlock);
  return { succeeded: output.includes('got it'), seen: output.split('\n').at(-1)?.slice(0, 120) ?? '' };
}

/** Listens on every address of this host. */
async function listen(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => socket.on('error', () => undefined).end('got it\n'));
  server.listen(0, '::');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function callAddresses(place: Place, addresses: readonly string[], unlock?: Unlock): Promise<Attempt> {
  const { server, port } = await listen();
  try {
    const calls = addresses.map((address) => `nc -w 1 ${address} ${port} < /dev/null`);
    return await run(place, `${calls.join('; ')}; true`, unlock);
  } finally {
    server.close();
  }
}

function callGateway(place: Place, unlock?: Unlock): Promise<Attempt> {
  const gateways = (place.told.IPAM?.Config ?? []).flatMap(({ Gateway, Subnet }) => [
    ...(Gateway === undefined ? [] : [Gateway]),
    ...(Subnet === undefined ? [] : [Subnet.replace(/\.\d+\/\d+$/, '.1')]),
  ]);
  return callAddresses(place, [...new Set(gateways)], unlock);
}

function hostAddresses(family: 'IPv4' | 'IPv6'): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter((one) => one.family === family && !one.internal).map(({ address }) => address);
}

/** The address of Docker's own bridge is among those that the host has, unless nobody uses it. */
function callHost(place: Place, unlock?: Unlock): Promise<Attempt> {
  const others = hostAddresses('IPv4').filter((address) => address !== place.told.IPAM?.Config?.[0]?.Gateway);
  return callAddresses(place, others.slice(0, 4), unlock);
}

/** The host's addresses on the bridge come with the first container. */
async function callHostByIPv6(place: Place, unlock?: Unlock): Promise<Attempt> {
  const first = await place.stand.create({ network: place.network, script: 'sleep 20' }, unlock);
  try {
    await first.start();
    // The kernel first looks whether somebody else has a new address.
    const onBridge = () => (networkInterfaces()[`br-${place.told.Id.slice(0, 12)}`] ?? []).filter(isIPv6);
    await place.stand.until(async () => onBridge().length > 0, 3000);
    const near = onBridge().map(({ address }) => (address.startsWith('fe80') ? `${address}%eth0` : address));
    const { server, port } = await listen();
    try {
      const calls = near.map((address) => `nc -w 1 ${address} ${port} < /dev/null`);
      return await run(
        place,
        `for n in 1 2 3; do { ${calls.join('; ')}; } | grep 'got it' && break; sleep 1; done`,
        unlock,
      );
    } finally {
      server.close();
    }
  } finally {
    await first.remove({ force: true });
  }
}

function isIPv6({ family }: { readonly family: string }): boolean {
  return family === 'IPv6';
}

async function send({ stand, network }: Place, address: string, unlock?: Unlock): Promise<Attempt> {
  const socket = createSocket('udp4');
  let received = '';
  socket.on('message', (message) => {
    received += message.toString();
  });
  socket.bind(0);
  await once(socket, 'listening');
  try {
    const program = makeSendProgram(address, socket.address().port, 'got it');
    const { sandbox } = stand.openRun(60);
    const dockerfile = ['FROM base', programInstruction(program, '/data/send')];
    const image = await sandbox.build({ name: `send-${++number}`, dockerfile });
    const script = 'for n in 1 2 3; do /data/send; done; echo "sent"';
    const { output } = await stand.run({ image, network, script }, unlock);
    return { succeeded: received.includes('got it'), seen: `${output}, the host received: ${received || 'nothing'}` };
  } finally {
    socket.close();
  }
}

/** A route of its own would lead to the host straight over the bridge. */
function addRoute(place: Place, unlock?: Unlock): Promise<Attempt> {
  return run(place, 'ip route add 192.0.2.200/32 dev eth0 && echo "got it"', unlock);
}

const serving = 'while :; do echo "got it" | nc -l -p 8080; done';

/** Calls a container of another run, from a network of one's own or connected to the other's past the sandbox. */
async function callForeign(stand: Stand, connected: boolean): Promise<Attempt> {
  const { sandbox } = stand.openRun(60);
  if (stand.facts.networkLack !== null) return { succeeded: false, seen: stand.facts.networkLack };
  const other = await sandbox.network('other');
  const service = await sandbox.run({ name: 'service', network: other, script: serving });
  const [found] = await service.addresses();
  return onNetwork(stand, asked, async ({ network }) => {
    const script = `sleep 1; nc -w 1 ${found?.address} 8080 < /dev/null; true`;
    const caller = await stand.create({ network, script });
    if (connected) await stand.engine.docker.getNetwork(other.name).connect({ Container: caller.id });
    await caller.start();
    await caller.wait();
    const output = (await caller.logs({ stdout: true, stderr: true })).toString();
    await caller.remove({ force: true });
    return { succeeded: output.includes('got it'), seen: output.trim().slice(-80) };
  });
}

/** A question for a name, as a resolver sends it over TCP (RFC 1035): its length, a head, `got-it.example`, A, IN. */
const question =
  '\\000\\040\\001\\002\\001\\000\\000\\001\\000\\000\\000\\000\\000\\000\\006got-it\\007example\\000\\000\\001\\000\\001';

/** The place of a resolver is taken by a container that prints what it is asked. */
function askOutside(stand: Stand, forwarded: boolean): Promise<Attempt> {
  return onNetwork(stand, asked, async ({ network }) => {
    const resolver = await stand.create({ network, script: 'nc -l -p 53 < /dev/null' });
    await resolver.start();
    const { NetworkSettings } = await resolver.inspect();
    const address = NetworkSettings.Networks[network.name]?.IPAddress ?? '';
    const unlock: Unlock | undefined = forwarded ? withHost({ Dns: [address] }) : undefined;
    const script = `sleep 0.5; { printf '${question}'; sleep 1; } | nc -w 2 127.0.0.11 53; true`;
    await stand.run({ network, script }, unlock);
    const output = (await resolver.logs({ stdout: true, stderr: true })).toString();
    await resolver.remove({ force: true });
    const succeeded = output.includes('got-it');
    return { succeeded, seen: succeeded ? 'the resolver was asked for got-it.example' : 'nobody was asked' };
  });
}

async function serve({ stand, network }: Place, unlock: Unlock | undefined) {
  const expose = (request: ContainerCreateOptions) => ({ ...request, ExposedPorts: { '8080/tcp': {} } });
  const container = await stand.create({ network, script: serving }, (request, facts) =>
    expose(unlock === undefined ? request : unlock(request, facts)),
  );
  await container.start();
  return container;
}

async function callFromHost(place: Place, unlock?: Unlock): Promise<Attempt> {
  const container = await serve(place, unlock);
  try {
    const { NetworkSettings } = await container.inspect();
    return await callUntilAnswered(place.stand, NetworkSettings.Networks[place.network.name]?.IPAddress ?? '', 8080);
  } finally {
    await container.remove({ force: true });
  }
}

async function callPublished(place: Place, unlock?: Unlock): Promise<Attempt> {
  const container = await serve(place, unlock);
  try {
    const { NetworkSettings } = await container.inspect();
    const [binding] = NetworkSettings.Ports['8080/tcp'] ?? [];
    if (binding === undefined) return { succeeded: false, seen: 'no port of the host leads to it' };
    return await callUntilAnswered(place.stand, '127.0.0.1', Number(binding.HostPort));
  } finally {
    await container.remove({ force: true });
  }
}

async function callUntilAnswered(stand: Stand, host: string, port: number): Promise<Attempt> {
  let answer = '';
  const succeeded = await stand.until(async () => {
    answer = await call(host, port);
    return answer.includes('got it');
  }, 2000);
  return { succeeded, seen: answer.trim() };
}

function call(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    let received = '';
    const end = (words: string) => {
      socket.destroy();
      resolve(words);
    };
    socket.on('data', (data) => {
      received += data.toString();
    });
    socket.on('timeout', () => end('no answer'));
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end(received));
  });
}
