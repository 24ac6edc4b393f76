import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createDatabase } from '../../src/store/database.ts';
import { storeFileIn } from '../../src/store/store-access.ts';
import { openStoreFile } from '../../src/store/store-file.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { holdStore } from './hold-store.ts';
import { accessStore, openTestStore } from './open-test-store.ts';

const busy = expect.objectContaining({ name: 'StoreUnavailable', code: 'busy' });

describe('while another process holds the file', () => {
  test('writes wait in order, reads do not wait, and the event loop goes on', async () => {
    const { store, folder } = await openTestStore();
    const holder = await holdStore(folder);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const put = (at: number) =>
      store.threads.put({ team: 'T1', channel: 'C1', thread: '1.1', lastEntry: `entry ${at}`, lastAt: at });
    const written = [1, 2, 3].map(put);
    let ended = 0;
    for (const each of written) void each.then(() => ended++);
    expect(await store.threads.get({ team: 'T1', channel: 'C1', thread: '1.1' })).toBeNull();
    await sleep(1500);
    delay.disable();
    expect(ended).toBe(0);
    // Whoever waits on the thread itself blocks it for all of that time.
    expect(delay.max / 1e6).toBeLessThan(750);
    await holder.release();
    await Promise.all(written);
    expect(await store.threads.get({ team: 'T1', channel: 'C1', thread: '1.1' })).toMatchObject({
      lastEntry: 'entry 3',
    });
  });

  test('a write whose patience ends is told so, also behind one that waits longer', async () => {
    const folder = await temporaryFolder();
    const connection = await openStoreFile(storeFileIn(folder));
    const database = createDatabase(connection, storeFileIn(folder));
    const take = (event: number, patience: number) =>
      database.write((file) => file.run('INSERT INTO seen_events VALUES (1, 1, :event, 1)', { event }), patience);
    const holder = await holdStore(folder);
    const long = take(1, 60_000);
    await expect(take(2, 50)).rejects.toEqual(busy);
    await holder.release();
    expect(await long).toBe(1);
    expect(await take(2, 50)).toBe(1);
    connection.close();
  });

  test('a store opens as soon as the other lets go', async () => {
    const { folder } = await openTestStore();
    const holder = await holdStore(folder);
    const opened = accessStore(folder).open();
    await holder.release();
    expect(await (await opened).seenEvents.take('T1', 'C1', '1', 1)).toBe(true);
  });

  test('the end of the program waits for a moment, and then tells what was not kept', async () => {
    const { folder } = await openTestStore();
    const access = accessStore(folder);
    const store = await access.open();
    const holder = await holdStore(folder);
    const lost = expect(store.seenEvents.take('T1', 'C1', '1', 1)).rejects.toMatchObject({ code: 'closed' });
    await access.close();
    await lost;
    await holder.release();
  });
});
