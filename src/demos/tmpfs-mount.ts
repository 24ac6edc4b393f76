import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const MiB = 1024 * 1024;

export const demo = defineDemo({
  id: 'tmpfs-mount',
  title: 'Write to memory instead of a disk',
  question: {
    text: 'A container writes a file to a tmpfs mount. It is stopped and started. Where is the file?',
    options: ['Still there', 'Gone', "In the container's own layer"],
    right: 1,
  },
  claims: [
    'read-only-root-blocks-write',
    'read-only-root-tmpfs-writable',
    'unmounted-write-goes-to-layer',
    'tmpfs-size-is-enforced',
    'tmpfs-empty-after-restart',
  ],
  steps: {
    readOnly: 'With a read-only root, write outside of any mount and to a tmpfs mount',
    layer: 'With a writable root, write to both, and ask what changed',
    size: 'Write more than the mount may hold',
    restart: 'Stop the container, start it, and look for the file',
  },
  async *run({ sandbox, step, tested }) {
    const mounts = [{ type: 'tmpfs', path: '/scratch', size: MiB }] as const;
    const [outside, inside] = yield* step('readOnly', async () => {
      const container = await sandbox.run({ name: 'a', mounts });
      return [
        await container.exec('echo x > /work/file'),
        await container.exec('echo y > /scratch/file && cat /scratch/file'),
      ] as const;
    });
    yield tested('read-only-root-blocks-write', {
      predicted: 'Read-only file system',
      observed: outside.output,
      held: outside.exitCode !== 0 && outside.output.includes('Read-only file system'),
    });
    yield tested('read-only-root-tmpfs-writable', exactly('y', inside.output));
    const [b, changes, written] = yield* step('layer', async () => {
      const container = await sandbox.run({ name: 'b', mounts, loosen: { writableRoot: true } });
      const read = await container.exec('echo x > /work/file; echo y > /scratch/file; cat /work/file /scratch/file');
      return [container, (await container.diff()).map((change) => `${change.kind} ${change.path}`), read] as const;
    });
    yield tested('unmounted-write-goes-to-layer', {
      predicted: 'A /work/file, and nothing in /scratch',
      observed: changes.join(', '),
      held:
        written.output === 'x\ny' &&
        changes.includes('A /work/file') &&
        !changes.some((change) => change.includes('/scratch/')),
    });
    const full = yield* step('size', () => b.exec('dd if=/dev/zero of=/scratch/big bs=1M count=2'));
    yield tested('tmpfs-size-is-enforced', {
      predicted: 'No space left on device',
      observed: full.output,
      held: full.exitCode !== 0 && full.output.includes('No space left on device'),
    });
    const [before, after] = yield* step('restart', async () => {
      const file = await b.exec('cat /scratch/file');
      await b.stop();
      await b.start();
      return [file, await b.exec('ls /scratch | wc -l')] as const;
    });
    yield tested('tmpfs-empty-after-restart', {
      predicted: 'y before, 0 files after',
      observed: `${before.output} before, ${after.output} files after`,
      held: before.output === 'y' && after.output === '0',
    });
  },
});
