import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'named-volume-survives',
  title: 'Keep data in a named volume while containers come and go',
  question: {
    text: 'A container writes one file to a volume and one beside it. It is killed and replaced. What does the new one find?',
    options: ['Both files', 'Only the one in the volume', 'Only the one beside it', 'Neither'],
    right: 1,
  },
  claims: [
    'volume-write-absent-from-diff',
    'volume-has-own-life',
    'new-container-reads-old-volume',
    'next-container-reads-named-volume',
    'replaced-container-keeps-volume-data',
    'db-volume-survives-kill',
    'right-path-persists',
    'wrong-path-loses',
  ],
  steps: {
    write: 'Container A writes to the volume at /data and to /work beside it',
    diff: 'Ask what changed in the filesystem of A itself',
    remove: 'Kill A, remove it, and look whether the volume is still there',
    read: 'Container B mounts the same volume and looks for both files',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [volume, a, written] = yield* step('write', async () => {
      const made = await sandbox.volume('data');
      const container = await sandbox.run({
        name: 'a',
        loosen,
        mounts: [{ type: 'volume', volume: made, path: '/data' }],
      });
      const result = await container.exec(
        'echo inside > /data/inside; echo beside > /work/beside; cat /data/inside /work/beside',
      );
      return [made, container, result] as const;
    });
    const changed = yield* step('diff', () => a.diff());
    const paths = changed.map((change) => change.path);
    yield tested('volume-write-absent-from-diff', {
      predicted: '/work/beside is listed, /data/inside is not',
      observed: paths.join(' '),
      held: paths.includes('/work/beside') && !paths.includes('/data/inside'),
    });

    const stillThere = yield* step('remove', async () => {
      await a.kill();
      await a.remove();
      return volume.exists();
    });
    yield tested('volume-has-own-life', {
      predicted: 'the volume is still there',
      observed: stillThere ? 'the volume is still there' : 'the volume is gone',
      held: stillThere,
    });

    const [inside, beside] = yield* step('read', async () => {
      const b = await sandbox.run({ name: 'b', loosen, mounts: [{ type: 'volume', volume, path: '/data' }] });
      return [await b.exec('cat /data/inside'), await b.exec('cat /work/beside')] as const;
    });
    const kept = written.output.startsWith('inside') && inside.exitCode === 0 && inside.output === 'inside';
    const finding = { predicted: 'inside', observed: inside.output, held: kept };
    yield tested('new-container-reads-old-volume', finding);
    yield tested('next-container-reads-named-volume', finding);
    yield tested('replaced-container-keeps-volume-data', finding);
    yield tested('db-volume-survives-kill', finding);
    yield tested('right-path-persists', finding);
    yield tested('wrong-path-loses', {
      predicted: 'No such file or directory',
      observed: beside.output,
      held: beside.exitCode !== 0 && beside.output.includes('No such file or directory'),
    });
  },
});
