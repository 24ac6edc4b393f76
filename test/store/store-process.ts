import { writeSync } from 'node:fs';
import { prepareStore } from '../../src/store/store-access.ts';
import { defaultSettings } from './default-settings.ts';

/**
 * A process that works on a store as the program does, for tests that start several or kill one. It prints a line for
 * each write that the store acknowledged. Arguments: the data folder, what to do, a name for this process, how often.
 */
const [folder = '', work = '', name = '', times = '0'] = process.argv.slice(2);
const store = await prepareStore(folder, { keys: { current: null, previous: null }, defaults: defaultSettings }).open();
/** Written at once, so that a kill cannot take a line that was printed. */
const acknowledge = (line: string) => writeSync(1, `${line}\n`);
acknowledge('ready');

for (let n = 0; n < Number(times); n++) {
  const id = `${name}-${n}`;
  if (work === 'take') {
    if (await store.seenEvents.take('T1', 'C1', String(n), n)) acknowledge(String(n));
    continue;
  }
  await store.votes.put({
    team: 'T1',
    place: 'C1',
    message: id,
    person: 'U1',
    question: id,
    entry: 'e',
    vote: 'helpful',
    at: n,
  });
  acknowledge(`vote ${id}`);
  const gap = { team: 'T1', place: 'C1', event: id, person: 'U1', question: id, normalised: id, nearest: [], at: n };
  await store.gaps.add({ ...gap, kind: 'unknown' });
  acknowledge(`gap ${id}`);
  await store.settings.put(id, { dailyDemoBudget: n });
  acknowledge(`settings ${id}`);
  const run = { team: 'T1', demo: 'd', person: 'U1', place: 'C1', surface: 'test', process: name, startedAt: n };
  await store.runs.open({ ...run, runId: id });
  acknowledge(`start ${id}`);
  await store.runs.close(id, { outcome: 'held', receipt: { id }, endedAt: n });
  acknowledge(`end ${id}`);
}
acknowledge('done');
