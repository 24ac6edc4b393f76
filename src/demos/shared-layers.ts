import { defineDemo } from './catalogue/demo.ts';

const MiB = 1024 * 1024;

export const demo = defineDemo({
  id: 'shared-layers',
  title: 'Share a big layer between two images',
  question: {
    text: 'Two images share an 8 MiB layer, and each adds a tiny one. How much disk do they take together?',
    options: ['About 8 MiB and the base', 'About 16 MiB and twice the base', 'Nothing until they run'],
    right: 0,
  },
  claims: ['shared-layers-counted-once'],
  steps: {
    measure: 'Measure the disk space that all images take',
    make: 'Make an image with an 8 MiB layer, and two images on top of it',
    again: 'Measure again and compare with the sum of the sizes',
  },
  async *run({ sandbox, step, tested }) {
    const tiny = (name: string) => ({
      instruction: `RUN echo ${name} > /work/${name}`,
      files: { [`/work/${name}`]: { text: name } },
    });
    const big = {
      instruction: 'RUN dd if=/dev/urandom of=/work/big bs=1M count=8',
      files: { '/work/big': { size: 8 * MiB } },
    };
    const before = yield* step('measure', () => sandbox.diskUsage());
    const sizes = yield* step('make', async () => {
      const common = await sandbox.makeImage({ name: 'common', layers: [big] });
      const images = [
        await sandbox.makeImage({ name: 'one', from: common, layers: [tiny('one')] }),
        await sandbox.makeImage({ name: 'two', from: common, layers: [tiny('two')] }),
      ];
      return Promise.all(images.map(async (image) => (await sandbox.inspectImage(image)).size));
    });
    const after = yield* step('again', () => sandbox.diskUsage());
    const sum = sizes.reduce((total, size) => total + size, 0);
    const taken = after.images.size - before.images.size;
    yield tested('shared-layers-counted-once', {
      predicted: 'less disk taken than the sum of the sizes, by 8 MiB or more',
      observed: `sizes add up to ${(sum / MiB).toFixed(1)} MiB, disk taken ${(taken / MiB).toFixed(1)} MiB`,
      held: taken > 0 && sum - taken >= 8 * MiB,
    });
  },
});
