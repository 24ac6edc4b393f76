import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const shipped = (text: string) => ({
  instruction: `RUN echo ${text} > /data/shipped`,
  files: { '/data/shipped': { text: `${text}\n`, owner: 65_534 } },
});

export const demo = defineDemo({
  id: 'volume-prefill',
  title: 'Mount an empty volume over files of the image',
  question: {
    text: 'The image ships a file in /data. An empty named volume is mounted at /data. What does the container see there?',
    options: ['Nothing', 'A copy of the file', 'An error'],
    right: 1,
  },
  claims: ['empty-volume-takes-image-files', 'filled-volume-ignores-newer-image', 'nocopy-volume-stays-empty'],
  steps: {
    fill: 'Mount an empty volume over the files of version 1',
    newer: 'Mount the same volume in a container of version 2',
    nocopy: 'Mount another empty volume with the nocopy option',
  },
  dockerOnly: {
    'nocopy-volume-stays-empty': 'does not take volume-nocopy through this interface',
  },
  async *run({ sandbox, step, tested }) {
    const script = 'cat /data/shipped';
    const [volume, filled] = yield* step('fill', async () => {
      const image = await sandbox.makeImage({ name: 'app:1', layers: [shipped('version-1')] });
      const made = await sandbox.volume('data');
      const mounts = [{ type: 'volume', volume: made, path: '/data' }] as const;
      return [made, await sandbox.runOnce({ name: 'a', image, mounts, script })] as const;
    });
    yield tested('empty-volume-takes-image-files', exactly('version-1', filled.output));
    const [image, newer] = yield* step('newer', async () => {
      const two = await sandbox.makeImage({ name: 'app:2', layers: [shipped('version-2')] });
      const mounts = [{ type: 'volume', volume, path: '/data' }] as const;
      return [two, await sandbox.runOnce({ name: 'b', image: two, mounts, script })] as const;
    });
    yield tested('filled-volume-ignores-newer-image', exactly('version-1', newer.output));
    const nocopy = yield* step('nocopy', async () => {
      const empty = await sandbox.volume('empty');
      const mounts = [{ type: 'volume', volume: empty, path: '/data', noCopy: true }] as const;
      return sandbox.runOnce({ name: 'c', image, mounts, script: 'ls /data | wc -l' });
    });
    yield tested('nocopy-volume-stays-empty', {
      predicted: '0 files',
      observed: `${nocopy.output} files`,
      held: nocopy.output === '0',
    });
  },
});
