import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'one-image-many-containers',
  title: 'Run three containers from one image',
  question: {
    text: 'Three containers run from one image, and each writes its name to the same path. What does each one read there?',
    options: ['Its own name', 'The last name written', 'All three names'],
    right: 0,
  },
  claims: ['one-image-many', 'replicas-have-separate-files', 'second-run-is-new-container'],
  steps: {
    start: 'Start three containers from the same image',
    write: 'Each writes its own name to /work/name, and then reads it',
    again: 'Remove none, run the image once more, and look for the file',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const names = ['one', 'two', 'three'] as const;
    const containers = yield* step('start', () => Promise.all(names.map((name) => sandbox.run({ name, loosen }))));
    const read = yield* step('write', async () => {
      for (const container of containers) await container.exec(`echo ${container.name} > /work/name`);
      const result = [];
      for (const container of containers) result.push(await container.exec('cat /work/name'));
      return result;
    });
    const outputs = read.map((result) => result.output);
    yield tested('one-image-many', {
      predicted: names.join(' '),
      observed: outputs.join(' '),
      held:
        outputs.join() === names.join() && new Set(containers.map((container) => container.id)).size === names.length,
    });
    yield tested('replicas-have-separate-files', {
      predicted: 'no container reads the name of another',
      observed: outputs.join(' '),
      held: outputs.every((output, index) => output === names[index]),
    });
    const fourth = yield* step('again', () => sandbox.runOnce({ name: 'four', loosen, script: 'cat /work/name' }));
    yield tested('second-run-is-new-container', {
      predicted: 'No such file or directory',
      observed: fourth.output,
      held: fourth.exitCode !== 0 && fourth.output.includes('No such file or directory'),
    });
  },
});
