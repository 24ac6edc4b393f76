import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'commit-new-image',
  title: 'Save a changed container as a new image',
  question: {
    text: 'A container writes a file and is committed. What happens to the image that it was made from?',
    options: ['It gets the file', 'It stays as it was', 'It is replaced by the new one'],
    right: 1,
  },
  claims: ['commit-makes-new-image', 'commit-leaves-old-image'],
  steps: {
    change: 'Run a container and write a file in it',
    commit: 'Commit it, and compare the layers of both images',
    run: 'Run both images and look for the file',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const a = yield* step('change', async () => {
      const container = await sandbox.run({ name: 'a', loosen });
      await container.exec('echo changed > /work/file');
      return container;
    });
    const [committed, before, after] = yield* step('commit', async () => {
      const old = await sandbox.inspectImage(sandbox.baseImage);
      const image = await a.commit('committed');
      return [image, old, await sandbox.inspectImage(image)] as const;
    });
    const [fresh, old, now] = yield* step('run', async () => {
      const read = { script: 'cat /work/file' };
      const outputs = [
        await sandbox.runOnce({ name: 'b', image: committed, ...read }),
        await sandbox.runOnce({ name: 'c', ...read }),
      ] as const;
      return [...outputs, await sandbox.inspectImage(sandbox.baseImage)] as const;
    });
    const prefix = after.layers.slice(0, before.layers.length).join() === before.layers.join();
    yield tested('commit-makes-new-image', {
      predicted: `${before.layers.length + 1} layers, the file says changed`,
      observed: `${after.layers.length} layers, the file says ${fresh.output}`,
      held:
        after.id !== before.id &&
        prefix &&
        after.layers.length === before.layers.length + 1 &&
        fresh.output === 'changed',
    });
    const same = now.id === before.id && now.layers.join() === before.layers.join();
    yield tested('commit-leaves-old-image', {
      predicted: 'the same image, No such file or directory',
      observed: `${same ? 'the same image' : 'another image'}, ${old.output}`,
      held: same && old.exitCode !== 0,
    });
  },
});
