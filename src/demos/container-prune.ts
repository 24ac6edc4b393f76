import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'container-prune',
  title: 'See what docker container prune takes',
  question: {
    text: 'A stopped container has written a file outside of any volume. Then docker container prune runs. Where is the file?',
    options: ['In an unused volume', 'Gone for good', 'In the image', 'Still in the container'],
    right: 1,
  },
  claims: ['container-prune-takes-files', 'container-prune-spares-running', 'container-prune-spares-volumes'],
  steps: {
    make: 'Run two containers with a label; both write a file, the first also one to a named volume',
    stop: 'Stop the first, start it again and read its file, and stop it once more',
    prune: 'Prune stopped containers with that label',
    look: 'Look for both containers, and for the file in the volume',
  },
  async *run({ sandbox, step, tested }) {
    const labels = { 'demo.part': 'prune' };
    const loosen = { writableRoot: true };
    const [volume, stopped, running] = yield* step('make', async () => {
      const data = await sandbox.volume('data');
      const mounts = [{ type: 'volume', volume: data, path: '/data' }] as const;
      const first = await sandbox.run({ name: 'stopped', labels, loosen, mounts });
      const second = await sandbox.run({ name: 'running', labels, loosen });
      await first.exec('echo rescued > file; echo kept > /data/file');
      await second.exec('echo mine > file');
      return [data, first, second] as const;
    });
    const before = yield* step('stop', async () => {
      await stopped.stop();
      await stopped.start();
      const read = await stopped.exec('cat file');
      await stopped.stop();
      return read;
    });
    yield* step('prune', () => sandbox.pruneContainers('demo.part=prune'));
    const after = yield* step('look', async () => {
      const exists = await stopped.exists();
      const file = await running.exec('cat file');
      const reader = await sandbox.run({ name: 'reader', mounts: [{ type: 'volume', volume, path: '/data' }] });
      return { exists, file, inVolume: await reader.exec('cat /data/file') };
    });
    yield tested('container-prune-takes-files', {
      predicted: 'the file says rescued before, no such container after',
      observed: `the file says ${before.output} before, ${after.exists ? 'the container is still there' : 'no such container'} after`,
      held: before.output === 'rescued' && !after.exists,
    });
    yield tested('container-prune-spares-running', exactly('mine', after.file.output));
    yield tested('container-prune-spares-volumes', exactly('kept', after.inVolume.output));
  },
});
