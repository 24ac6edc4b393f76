import PQueue from 'p-queue';
import { archiveAttacks } from './archives.ts';
import { type Attack, type Row, runAttack } from './attack.ts';
import { buildAttacks } from './builds.ts';
import { diskAttacks } from './disk.ts';
import { hostAttacks } from './host.ts';
import { kernelAttacks } from './kernel.ts';
import { networkAttacks } from './network.ts';
import { privilegeAttacks } from './privileges.ts';
import { resourceAttacks } from './resources.ts';
import { runNetworkAttacks } from './run-networks.ts';
import type { Stand } from './stand.ts';
import { timeAttacks } from './time.ts';

/** Every attack, in the order of the table. */
export const allAttacks: readonly Attack[] = [
  ...resourceAttacks,
  ...diskAttacks,
  ...buildAttacks,
  ...timeAttacks,
  ...networkAttacks,
  ...runNetworkAttacks,
  ...hostAttacks,
  ...privilegeAttacks,
  ...kernelAttacks,
  ...archiveAttacks,
];

/** Runs every attack on an engine, a few at a time where they may. @returns a row each, in the order of the list */
export async function runAttacks(stand: Stand): Promise<Row[]> {
  const queue = new PQueue({ concurrency: 6 });
  const rows = new Map<Attack, Row>();
  const run = (attack: Attack) => async () => void rows.set(attack, await runAttack(attack, stand));
  await queue.addAll(allAttacks.filter(({ alone }) => alone !== true).map(run));
  for (const attack of allAttacks.filter(({ alone }) => alone === true)) await run(attack)();
  return allAttacks.flatMap((attack) => rows.get(attack) ?? []);
}

/** Whether a row is as it should be. */
export function isStopped({ verdict }: Row): boolean {
  return verdict === 'stopped' || verdict === 'stopped twice';
}
