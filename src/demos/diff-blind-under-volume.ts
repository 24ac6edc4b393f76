import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'diff-blind-under-volume',
  title: 'Look for a database file with docker diff',
  question: {
    text: 'An image declares VOLUME /data. A container of it writes /data/orders. What does docker diff list?',
    options: ['A /data/orders', 'C /data/orders', 'Nothing named orders'],
    right: 2,
  },
  claims: ['diff-blind-under-volume', 'mounts-name-declared-volume'],
  steps: {
    write: 'Run a container of an image that declares a volume, and write a file there and one beside it',
    diff: 'Ask what changed in the filesystem of the container',
    mounts: 'Ask what is mounted in it, and look at the file',
  },
  async *run({ sandbox, step, tested }) {
    const container = yield* step('write', async () => {
      const image = await sandbox.makeImage({
        name: 'database',
        layers: [{ instruction: 'VOLUME /data', sets: { volumes: ['/data'] } }],
      });
      const made = await sandbox.run({ name: 'db', image, loosen: { writableRoot: true } });
      await made.exec('echo 42 > /data/orders; echo beside > /home/demo/beside');
      return made;
    });
    const changed = yield* step('diff', async () =>
      (await container.diff()).map(({ kind, path }) => `${kind} ${path}`),
    );
    const [volume, file] = yield* step(
      'mounts',
      async () =>
        [await sandbox.anonymousVolume(container, '/data'), await container.exec('cat /data/orders')] as const,
    );
    yield tested('diff-blind-under-volume', {
      predicted: 'A /home/demo/beside is listed, nothing below /data is, though the file is there',
      observed: `${changed.join(', ')}; the file says ${file.output}`,
      held:
        changed.includes('A /home/demo/beside') &&
        !changed.some((line) => line.includes('/data/')) &&
        file.output === '42',
    });
    yield tested('mounts-name-declared-volume', {
      predicted: 'an anonymous volume at /data',
      observed: `the volume ${volume.name} at /data`,
      held: /^[0-9a-f]{64}$/.test(volume.name),
    });
  },
});
