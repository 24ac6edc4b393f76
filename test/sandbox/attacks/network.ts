import type { Attack, Attempt } from './attack.ts';
import { inContainer } from './in-container.ts';
import type { Stand, Unlock } from './stand.ts';

/** Puts a container into another network. */
const inNetwork =
  (mode: string): Unlock =>
  (request) => ({ ...request, NetworkDisabled: false, HostConfig: { ...request.HostConfig, NetworkMode: mode } });

/** Attacks on what is reachable from a container. */
export const networkAttacks: readonly Attack[] = [
  {
    tries: 'Call a service outside of the container',
    limit: 'network',
    locked: (stand) => call(stand, false),
    unlocked: (stand) => call(stand, true),
  },
  inContainer({
    tries: 'Find a network interface that leads out',
    limit: 'network',
    script: 'ls /sys/class/net | grep -v "^lo$" && echo "got it"',
    unlock: inNetwork('host'),
    succeeds: ({ output }) => output.endsWith('got it'),
  }),
];

/** Starts a service in a container of its own and calls it from another one. */
async function call(stand: Stand, join: boolean): Promise<Attempt> {
  const service = await stand.create({ script: 'while :; do echo "got it" | nc -l -p 8080; done' });
  await service.start();
  const script =
    'for n in 1 2 3 4 5 6; do nc -w 1 127.0.0.1 8080 < /dev/null && exit; sleep 0.2; done; nc -w 1 10.0.0.1 80 < /dev/null';
  const { output } = await stand.run({ script }, join ? inNetwork(`container:${service.id}`) : undefined);
  await service.remove({ force: true, v: true });
  return { succeeded: output.includes('got it'), seen: output.split('\n').at(-1) ?? '' };
}
