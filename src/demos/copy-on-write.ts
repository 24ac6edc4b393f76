import { defineDemo } from './catalogue/demo.ts';

const MiB = 1024 * 1024;

export const demo = defineDemo({
  id: 'copy-on-write',
  title: 'Change files of the image, and see what is copied',
  question: {
    text: 'A container only changes the mode of a 4 MiB file that came with the image. How much does it write?',
    options: ['Nothing', 'A few bytes', 'About 4 MiB'],
    right: 2,
  },
  claims: ['diff-names-every-change', 'chmod-copies-whole-file', 'size-counts-only-writes', 'image-file-stays'],
  steps: {
    make: 'Make an image with a big file and two small ones, and start a container',
    change: 'Add a file, change one, and delete one',
    diff: 'List what changed against the image',
    chmod: 'Change only the mode of the big file, and measure before and after',
    other: 'Look at the changed file in another container',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const owner = 65_534;
    const [image, a] = yield* step('make', async () => {
      const made = await sandbox.makeImage({
        name: 'files',
        layers: [
          {
            instruction:
              'RUN echo one > /work/one && echo two > /work/two && dd if=/dev/urandom of=/work/big bs=1M count=4',
            files: {
              '/work/one': { text: 'one\n', owner },
              '/work/two': { text: 'two\n', owner },
              '/work/big': { size: 4 * MiB, owner },
            },
          },
        ],
      });
      return [made, await sandbox.run({ name: 'a', image: made, loosen })] as const;
    });
    yield* step('change', () => a.exec('echo new > /work/new; echo changed >> /work/one; rm /work/two'));
    const changes = yield* step('diff', () => a.diff());
    const own = changes.filter((change) => change.path.startsWith('/work/')).map(({ kind, path }) => `${kind} ${path}`);
    const expected = ['A /work/new', 'C /work/one', 'D /work/two'];
    yield tested('diff-names-every-change', {
      predicted: expected.join(', '),
      observed: own.join(', '),
      held: [...own].sort().join() === expected.join(),
    });
    const [before, after, written] = yield* step('chmod', async () => {
      const first = (await a.size()).writable;
      await a.exec('chmod 600 /work/big');
      const second = (await a.size()).writable;
      await a.exec('head -c 1048576 /dev/zero > /work/more');
      return [first, second, (await a.size()).writable] as const;
    });
    const size = (bytes: number) => `${(bytes / MiB).toFixed(2)} MiB`;
    yield tested('chmod-copies-whole-file', {
      predicted: 'about 4 MiB more',
      observed: `${size(after - before)} more`,
      held: after - before >= 4 * MiB && after - before < 4.5 * MiB,
    });
    yield tested('size-counts-only-writes', {
      predicted: '1 MiB more after writing 1 MiB',
      observed: `${size(written - after)} more`,
      held: written - after >= MiB && written - after < 1.25 * MiB,
    });
    const other = yield* step('other', () => sandbox.runOnce({ name: 'b', image, script: 'cat /work/one' }));
    yield tested('image-file-stays', { predicted: 'one', observed: other.output, held: other.output === 'one' });
  },
});
