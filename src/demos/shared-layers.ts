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
    make: 'Make an image with an 8 MiB layer, and two images on top of it',
    measure: 'Measure what they share, and compare with the sum of the sizes',
  },
  dockerOnly: {
    'shared-layers-counted-once': 'leaves what images share out of its disk usage',
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
    const names = yield* step('make', async () => {
      const common = await sandbox.makeImage({ name: 'common', layers: [big] });
      const images = [
        await sandbox.makeImage({ name: 'one', from: common, layers: [tiny('one')] }),
        await sandbox.makeImage({ name: 'two', from: common, layers: [tiny('two')] }),
      ];
      return images.map((image) => image.name);
    });
    const { own } = yield* step('measure', () => sandbox.diskUsage());
    const pair = own.images.filter((image) => image.size - image.shared < MiB && image.shared >= 8 * MiB);
    const sum = pair.reduce((total, image) => total + image.size, 0);
    const shared = Math.max(0, ...pair.map((image) => image.shared));
    const taken = sum - shared;
    yield tested('shared-layers-counted-once', {
      predicted: 'less disk taken than the sum of the sizes, by 8 MiB or more',
      observed: `sizes add up to ${(sum / MiB).toFixed(1)} MiB, disk taken ${(taken / MiB).toFixed(1)} MiB`,
      held: pair.length >= names.length && taken > 0 && sum - taken >= 8 * MiB,
    });
  },
});
