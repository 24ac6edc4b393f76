import { expect, test } from 'vitest';
import { createMountGuard } from '../../src/sandbox/mount-guard.ts';

test('a container is removed only once its mounts have been read', async () => {
  const guard = createMountGuard();
  const reading = Promise.withResolvers<void>();
  const order: string[] = [];
  const read = guard.read('a', async () => {
    await reading.promise;
    order.push('read');
  });
  const removal = guard.remove('a', async () => order.push('removed'));
  await guard.remove('b', async () => order.push('other removed'));
  reading.resolve();
  await Promise.all([read, removal]);
  expect(order).toEqual(['other removed', 'read', 'removed']);
});

test('the mounts of a container that is being removed are not read', async () => {
  const guard = createMountGuard();
  const removing = Promise.withResolvers<void>();
  const removal = guard.remove('a', () => removing.promise);
  expect(await guard.read('a', async () => 'seen')).toBeNull();
  expect(await guard.read('b', async () => 'seen')).toBe('seen');
  removing.resolve();
  await removal;
});

test('after a removal that failed the mounts can be read again', async () => {
  const guard = createMountGuard();
  await expect(guard.remove('a', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
  expect(await guard.read('a', async () => 'seen')).toBe('seen');
});

test('a read that failed holds no removal back', async () => {
  const guard = createMountGuard();
  const read = guard.read('a', () => Promise.reject(new Error('gone')));
  const removal = guard.remove('a', async () => 'removed');
  await expect(read).rejects.toThrow('gone');
  expect(await removal).toBe('removed');
});

test('whoever waits for the reads to end waits for all of them', async () => {
  const guard = createMountGuard();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const reads = [guard.read('a', () => first.promise), guard.read('b', () => second.promise)];
  let settled = false;
  const wait = guard.settled().then(() => {
    settled = true;
  });
  first.resolve();
  await reads[0];
  expect(settled).toBe(false);
  second.resolve();
  await wait;
  await Promise.all(reads);
});
