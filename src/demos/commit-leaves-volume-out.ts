import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'commit-leaves-volume-out',
  title: 'Commit a container that has written to a volume',
  question: {
    text: 'A container writes one file to its own filesystem and one to a volume, and is committed. Which file is in the new image?',
    options: ['Both', 'The one from its own filesystem', 'The one from the volume', 'Neither'],
    right: 1,
  },
  claims: ['commit-leaves-volumes-out', 'volume-keeps-what-commit-leaves-out'],
  steps: {
    write: 'Run a container with a volume at /data, and write a file in /work and one in /data',
    commit: 'Commit it, and run the new image without the volume',
    mount: 'Run the new image with the volume',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const look = 'exec 2>&1; cat /work/report; cat /data/order';
    const [a, mounts] = yield* step('write', async () => {
      const volume = await sandbox.volume('orders');
      const withVolume = [{ type: 'volume', volume, path: '/data' }] as const;
      const container = await sandbox.run({ name: 'a', loosen, mounts: withVolume });
      await container.exec('echo "from the container" > /work/report; echo "from the volume" > /data/order');
      return [container, withVolume] as const;
    });
    const [image, without] = yield* step('commit', async () => {
      const committed = await a.commit('committed');
      return [committed, await sandbox.runOnce({ name: 'b', image: committed, script: look })] as const;
    });
    yield tested('commit-leaves-volumes-out', {
      predicted: 'the file of the container, and no such file for the one of the volume',
      observed: without.output.replaceAll('\n', ', '),
      held:
        without.output.startsWith('from the container\n') &&
        without.output.includes('/data/order') &&
        without.output.includes('No such file or directory'),
    });
    const mounted = yield* step('mount', () => sandbox.runOnce({ name: 'c', image, mounts, script: look }));
    yield tested('volume-keeps-what-commit-leaves-out', {
      predicted: 'both files',
      observed: mounted.output.replaceAll('\n', ', '),
      held: mounted.exitCode === 0 && mounted.output === 'from the container\nfrom the volume',
    });
  },
});
