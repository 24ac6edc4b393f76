import { describe, expect, test } from 'vitest';
import { keepLooking } from '../../src/sandbox/keep-looking.ts';
import { limits } from '../../src/sandbox/policy.ts';
import { type Instead, interpose } from '../engines/interpose.ts';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

const looks = { interval: 5, patience: 50, tries: 3 };

describe('a watch', () => {
  test('tries again after a look that failed, and says so only where as many failed in a row', async () => {
    const answers = [true, false, false, true, false, false, false, true];
    let looked = 0;
    const failed = await new Promise((resolve) => {
      keepLooking({
        ...looks,
        look: async () => {
          if (!answers[looked++]) throw new Error(`look ${looked}`);
          return true;
        },
        failed: resolve,
      });
    });
    expect(failed).toMatchObject({ message: 'look 7' });
  });

  test('takes a look that never ends for one that failed', async () => {
    const failed = new Promise((resolve) => {
      keepLooking({ ...looks, look: () => new Promise(() => undefined), failed: resolve });
    });
    await expect(failed).resolves.toMatchObject({ name: 'EngineSilent' });
  });

  test('that is stopped says nothing more', async () => {
    let told = false;
    const watch = keepLooking({
      ...looks,
      look: () => Promise.reject(new Error('gone')),
      failed: () => {
        told = true;
      },
    });
    watch.stop();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toBe(false);
  });
});

const MiB = 1024 * 1024;
const files = Math.ceil((limits.diskBytes * 3) / (8 * MiB));
const writing = `n=0; while [ $n -lt ${files} ]; do head -c ${8 * MiB} /dev/zero > f$n; sleep 0.1; n=$((n+1)); done; sleep 20`;

async function runBehind(instead: (method: string, url: string) => Instead | null, script: string) {
  const { engine } = await openTestEngine();
  const { socket } = await interpose(engine.address.replace('unix://', ''), instead);
  const behind = await openTestEngine(socket);
  const { sandbox } = await openTestRun(behind.engine);
  return sandbox.runOnce({ name: 'a', loosen: { writableRoot: true }, script }).catch((error: unknown) => error);
}

const failure: Instead = { status: 500, body: '{"message":"not now"}' };

describe('a run', () => {
  test('is ended for what it writes also where one look at the disk failed', async () => {
    let looked = 0;
    const end = await runBehind((_, url) => (url.includes('size=true') && looked++ === 0 ? failure : null), writing);
    expect(looked).toBeGreaterThan(1);
    expect(end).toMatchObject({ code: 'disk-limit' });
  });

  test.each([
    ['fails', failure],
    ['is garbled', { status: 200, body: '[{"Id":' }],
    ['never comes', 'silence'],
  ] as const)('is ended where every look at the disk %s, and says that reason', async (_, instead) => {
    const end = await runBehind((_method, url) => (url.includes('size=true') ? instead : null), 'sleep 40');
    expect(end).toMatchObject({
      code: 'disk-unmeasured',
      message: expect.stringContaining('could not be measured 3 times in a row'),
    });
  });

  test('is ended where the engine does not say any more that it is well', async () => {
    let pings = 0;
    const end = await runBehind((_, url) => (url.includes('_ping') && pings++ > 0 ? failure : null), 'sleep 40');
    expect(end).toMatchObject({ code: 'engine-gone' });
  });

  test('goes on where it was only once that the engine did not', async () => {
    let pings = 0;
    const end = await runBehind(
      (_, url) => (url.includes('_ping') && pings++ === 0 ? failure : null),
      'sleep 3; echo on',
    );
    expect(end).toEqual({ output: 'on', exitCode: 0 });
  });
});
