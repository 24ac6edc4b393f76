import { defineDemo } from './catalogue/demo.ts';

const file = (path: string, text: string) => ({
  instruction: `RUN echo ${text} > ${path}`,
  files: { [path]: { text: `${text}\n`, owner: 65_534 } },
});

export const demo = defineDemo({
  id: 'union-of-layers',
  title: 'See three layers as one directory',
  question: {
    text: 'The lower layer has a file that says lower, the upper layer has the same path and says upper. What does a container read?',
    options: ['lower', 'upper', 'both lines', 'an error'],
    right: 1,
  },
  claims: ['union-shows-files-of-all-layers', 'upper-file-wins', 'upperdir-holds-writes'],
  steps: {
    make: 'Make an image of three layers, two of which have the same path',
    look: 'Look at the directory in a container',
    layers: 'Look at which layer holds which file',
    upper: 'Ask the engine where two containers keep what they write',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const image = yield* step('make', () =>
      sandbox.makeImage({
        name: 'union',
        layers: [file('/work/first', 'first'), file('/work/same', 'lower'), file('/work/same', 'upper')],
      }),
    );
    const seen = yield* step('look', async () => {
      const container = await sandbox.run({ name: 'a', image });
      return [await container.exec('ls /work'), await container.exec('cat /work/same')] as const;
    });
    yield tested('union-shows-files-of-all-layers', {
      predicted: 'first and same',
      observed: seen[0].output.replaceAll('\n', ' and '),
      held: seen[0].output === 'first\nsame',
    });
    const saved = yield* step('layers', () => sandbox.save(image));
    const holders = saved.layers.filter((layer) => layer.paths.includes('work/same'));
    yield tested('upper-file-wins', {
      predicted: 'two layers hold the path, the container reads upper',
      observed: `${holders.length} layers hold the path, the container reads ${seen[1].output}`,
      held: holders.length === 2 && seen[1].output === 'upper',
    });
    const upper = yield* step('upper', async () => {
      const facts = [
        await (await sandbox.run({ name: 'b', image })).inspect(),
        await (await sandbox.run({ name: 'c', image })).inspect(),
      ];
      const found = facts.map(({ graph }) => graph.UpperDir ?? '');
      sandbox.note(found.join('\n'), "docker inspect --format '{{.GraphDriver.Data.UpperDir}}' demo-b demo-c");
      return found;
    });
    const predicted = 'two directories, one for each container';
    if (sandbox.engine.storageDriver !== 'overlay2') {
      yield notRun(
        'upperdir-holds-writes',
        predicted,
        `this engine stores images with ${sandbox.engine.storageDriver}, not overlay2`,
      );
    } else {
      yield tested('upperdir-holds-writes', {
        predicted,
        observed:
          upper[0] === upper[1]
            ? 'one directory for both'
            : upper.map((path) => (path === '' ? 'none' : 'a directory')).join(' and '),
        held: upper.every((path) => path !== '') && upper[0] !== upper[1],
      });
    }
  },
});
