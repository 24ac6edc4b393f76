import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'image-read-only-template',
  title: 'Let a container vandalise its files, and look at the image',
  question: {
    text: 'Container A deletes a file that came with the image. Then container B starts from the same image. Does B have the file?',
    options: ['Yes', 'No', 'Only after the image is pulled again'],
    right: 0,
  },
  claims: ['writes-stay-in-container', 'image-unchanged-by-containers'],
  steps: {
    make: 'Make an image that ships a file, and note its id and layers',
    vandalise: 'Container A deletes the file and writes another',
    second: 'Container B starts from the same image and lists its files',
    compare: 'Look at the image again',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [image, before] = yield* step('make', async () => {
      const made = await sandbox.makeImage({
        name: 'template',
        layers: [
          {
            instruction: 'RUN echo shipped > /work/shipped',
            files: { '/work/shipped': { text: 'shipped\n', owner: 65_534 } },
          },
        ],
      });
      return [made, await sandbox.inspectImage(made)] as const;
    });
    const a = yield* step('vandalise', async () => {
      const container = await sandbox.run({ name: 'a', image, loosen });
      return container.exec('rm /work/shipped; echo mine > /work/mine; ls /work');
    });
    const b = yield* step('second', async () => {
      const container = await sandbox.run({ name: 'b', image, loosen });
      return container.exec('ls /work');
    });
    yield tested('writes-stay-in-container', {
      predicted: 'A lists mine, B lists shipped',
      observed: `A lists ${a.output}, B lists ${b.output}`,
      held: a.output === 'mine' && b.output === 'shipped',
    });
    const after = yield* step('compare', () => sandbox.inspectImage(image));
    yield tested('image-unchanged-by-containers', {
      predicted: `${before.id} with ${before.layers.length} layers`,
      observed: `${after.id} with ${after.layers.length} layers`,
      held: after.id === before.id && after.layers.join() === before.layers.join(),
    });
  },
});
