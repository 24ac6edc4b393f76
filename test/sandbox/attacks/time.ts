import { readFacts } from '../../../src/sandbox/container-facts.ts';
import { limits } from '../../../src/sandbox/policy.ts';
import type { Attack, Attempt } from './attack.ts';
import { inContainer } from './in-container.ts';
import { inRun } from './in-run.ts';
import type { Stand } from './stand.ts';

const stubborn = 'trap "" TERM INT HUP QUIT; n=0; while [ $n -lt 40 ]; do sleep 0.1; n=$((n+1)); done; echo "got it"';

/** Attacks that try to go on for longer than they may. */
export const timeAttacks: readonly Attack[] = [
  inRun({
    tries: 'Ignore signals, and outlive the time limit of the run',
    limit: 'time',
    spec: { script: stubborn },
    timeLimitSeconds: 1,
  }),
  inContainer({
    tries: 'Ignore signals, and outlive this program',
    limit: 'time',
    // Nothing watches this container: it must end by itself.
    spec: { deadManSeconds: 1 },
    script: stubborn,
    unlock: (request) => ({ ...request, Cmd: request.Cmd?.slice(request.Cmd.indexOf('sh')) ?? [] }),
  }),
  {
    tries: 'Ignore the request to stop',
    limit: 'time',
    locked: (stand) => ignoreStop(stand, limits.stopSeconds),
    unlocked: (stand) => ignoreStop(stand, 8),
  },
];

/** Asks a stubborn process to stop, with so much patience, and looks whether it is still there a little later. */
async function ignoreStop(stand: Stand, patienceSeconds: number): Promise<Attempt> {
  const script = `trap "" TERM; echo ready; ${'sleep 1; '.repeat(60)}`;
  const container = await stand.create({ script });
  await container.start();
  await stand.until(async () => (await container.logs({ stdout: true })).includes('ready'), 5000);
  const stopping = container.stop({ t: patienceSeconds }).catch(() => undefined);
  const ended = await stand.until(async () => readFacts(await container.inspect()).status !== 'running', 4000);
  await container.remove({ force: true, v: true });
  await stopping;
  return { succeeded: !ended, seen: ended ? 'killed after its second' : 'still running 4 s later' };
}
