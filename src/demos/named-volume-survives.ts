import type { Container } from '../sandbox/sandbox.ts';
import { defineDemo } from './catalogue/demo.ts';
import { either, exactly } from './catalogue/findings.ts';

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
    const [volume, a, sum] = yield* step('write', async () => {
      const made = await sandbox.volume('data');
      const mounts = [{ type: 'volume', volume: made, path: '/data' }] as const;
      const container = await sandbox.run({ name: 'a', loosen, mounts });
      await container.exec('echo inside > /data/inside; echo beside > beside');
      return [made, container, await container.exec('sha256sum < /data/inside')] as const;
    });
    const changed = yield* step('diff', () => a.diff());
    const paths = changed.map((change) => change.path);
    yield tested('volume-write-absent-from-diff', {
      predicted: '/work/beside is listed, /data/inside is not',
      observed: paths.join(' '),
      held: paths.includes('/work/beside') && !paths.includes('/data/inside'),
    });

    const end = yield* step('remove', async () => {
      await a.kill();
      const { exitCode } = await a.inspect();
      await a.remove();
      return { exitCode, container: await a.exists(), volume: await volume.exists() };
    });
    yield tested('volume-has-own-life', either(end.volume, 'the volume is still there', 'the volume is gone'));

    const { b, mounted, names, inside, again, beside } = yield* step('read', async () =>
      readBoth(await sandbox.run({ name: 'b', loosen, mounts: [{ type: 'volume', volume, path: '/data' }] })),
    );
    const gone = end.container ? 'the first is still there' : 'the first is gone';
    yield tested('new-container-reads-old-volume', {
      predicted: 'the first is gone, the second reads inside',
      observed: `${gone}, the second reads ${inside.output}`,
      held: !end.container && inside.exitCode === 0 && inside.output === 'inside',
    });
    yield tested('next-container-reads-named-volume', {
      predicted: `the same checksum, ${sum.output.slice(0, 12)}`,
      observed: again.output.slice(0, 12),
      held: sum.exitCode === 0 && again.exitCode === 0 && again.output === sum.output,
    });
    const sameVolume = mounted.join() === volume.name;
    yield tested('replaced-container-keeps-volume-data', {
      predicted: 'another container, the same volume, inside',
      observed: `${b.id === a.id ? 'the same' : 'another'} container, ${sameVolume ? 'the same' : 'another'} volume, ${inside.output}`,
      held: b.id !== a.id && sameVolume && inside.output === 'inside',
    });
    yield tested('db-volume-survives-kill', {
      predicted: 'ended with code 137, then inside',
      observed: `ended with code ${end.exitCode}, then ${inside.output}`,
      held: end.exitCode === 137 && inside.output === 'inside',
    });
    const list = names.output.split('\n').filter((line) => line !== '');
    yield tested('right-path-persists', exactly('/data: inside /work:', list.join(' ')));
    yield tested('wrong-path-loses', {
      predicted: 'No such file or directory',
      observed: beside.output,
      held: beside.exitCode !== 0 && beside.output.includes('No such file or directory'),
    });
  },
});

async function readBoth(b: Container) {
  return {
    b,
    mounted: (await b.inspect()).mounts.map((mount) => mount.name),
    names: await b.exec('ls /data /work'),
    inside: await b.exec('cat /data/inside'),
    again: await b.exec('sha256sum < /data/inside'),
    beside: await b.exec('cat beside'),
  };
}
