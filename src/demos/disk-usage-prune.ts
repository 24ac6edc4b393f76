import { defineDemo } from './catalogue/demo.ts';

const MiB = 1024 * 1024;
const writeMiB = (path: string) => `head -c ${MiB} /dev/zero > ${path}`;
const print100KiB = 'head -c 102400 /dev/zero | tr "\\0" x';
const size = (bytes: number) => `${(bytes / MiB).toFixed(2)} MiB`;

export const demo = defineDemo({
  id: 'disk-usage-prune',
  title: 'Watch disk usage grow, and see what could be freed',
  question: {
    text: 'A container wrote 1 MiB and is stopped. Can a prune free that space?',
    options: ['No, it is gone already', 'Yes, it counts as reclaimable', 'Only after a restart'],
    right: 1,
  },
  claims: [
    'df-counts-container-file',
    'df-counts-volume-file',
    'log-not-in-container-size',
    'stopped-container-counts-reclaimable',
    'removal-frees-writable-layer',
    'unused-volume-counts-reclaimable',
  ],
  steps: {
    start: 'Run a container with a volume, and measure',
    write: 'Write 1 MiB to its own filesystem and 1 MiB to the volume, and measure',
    log: 'Run a container that prints 100 KiB, and measure its writable layer',
    stop: 'Stop it, and measure what could be freed',
    remove: 'Remove it, and measure again',
  },
  dockerOnly: {
    'df-counts-container-file': 'leaves what containers and volumes take out of its disk usage',
    'df-counts-volume-file': 'leaves what containers and volumes take out of its disk usage',
    'log-not-in-container-size': 'leaves what containers and volumes take out of its disk usage',
    'stopped-container-counts-reclaimable': 'leaves what containers and volumes take out of its disk usage',
    'removal-frees-writable-layer': 'leaves what containers and volumes take out of its disk usage',
    'unused-volume-counts-reclaimable': 'leaves what containers and volumes take out of its disk usage',
  },
  async *run({ sandbox, step, tested }) {
    const [a, start] = yield* step('start', async () => {
      const volume = await sandbox.volume('data');
      const mounts = [{ type: 'volume', volume, path: '/data' }] as const;
      const container = await sandbox.run({ name: 'a', loosen: { writableRoot: true }, mounts });
      return [container, (await sandbox.diskUsage()).own] as const;
    });
    const written = yield* step('write', async () => {
      await a.exec(`${writeMiB('/work/file')}; ${writeMiB('/data/file')}; sync`);
      return (await sandbox.diskUsage()).own;
    });
    const grown = {
      containers: written.containers.size - start.containers.size,
      volumes: written.volumes.size - start.volumes.size,
    };
    yield tested('df-counts-container-file', {
      predicted: '1 MiB more',
      observed: `${size(grown.containers)} more`,
      held: grown.containers >= MiB,
    });
    yield tested('df-counts-volume-file', {
      predicted: '1 MiB more',
      observed: `${size(grown.volumes)} more`,
      held: grown.volumes >= MiB,
    });

    const logged = yield* step('log', async () => {
      const logger = await sandbox.run({ name: 'logger', loosen: { writableRoot: true }, script: print100KiB });
      const { exitCode } = await logger.wait();
      return { exitCode, bytes: (await logger.size()).writable };
    });
    yield tested('log-not-in-container-size', {
      predicted: '0 B written',
      observed: `${logged.bytes} B written`,
      held: logged.exitCode === 0 && logged.bytes === 0,
    });
    const stopped = yield* step('stop', async () => {
      await a.stop();
      return (await sandbox.diskUsage()).own;
    });
    yield tested('stopped-container-counts-reclaimable', {
      predicted: 'nothing while it runs, 1 MiB or more when stopped',
      observed: `${size(written.containers.reclaimable)} while it runs, ${size(stopped.containers.reclaimable)} when stopped`,
      held: written.containers.reclaimable === 0 && stopped.containers.reclaimable >= MiB,
    });
    const removed = yield* step('remove', async () => {
      await a.remove();
      return (await sandbox.diskUsage()).own;
    });
    yield tested('removal-frees-writable-layer', {
      predicted: '1 MiB less or more than that',
      observed: `${size(stopped.containers.size - removed.containers.size)} less`,
      held: stopped.containers.size - removed.containers.size >= MiB,
    });
    yield tested('unused-volume-counts-reclaimable', {
      predicted: 'nothing before, 1 MiB or more after',
      observed: `${size(stopped.volumes.reclaimable)} before, ${size(removed.volumes.reclaimable)} after`,
      held: stopped.volumes.reclaimable === 0 && removed.volumes.reclaimable >= MiB,
    });
  },
});
