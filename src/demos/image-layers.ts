import { defineDemo } from './catalogue/demo.ts';

/** Lists digests, which the demo compares line by line. */
const listLayers = (name: string) =>
  `docker image inspect --format '{{range .RootFS.Layers}}{{println .}}{{end}}' ${name}`;

/** Lists layers, lowest first, with a word for each. */
const inLines = (layers: readonly string[], word: (digest: string) => string) =>
  layers.map((digest, index) => `${index + 1}. ${digest.slice(0, 19)}  ${word(digest)}`).join('\n');

export const demo = defineDemo({
  id: 'image-layers',
  title: 'Look at the layers of an image',
  question: {
    text: 'On top of a base, two RUN instructions write files and one ENV sets a variable. How many layers do the three add?',
    options: ['None', 'One', 'Two', 'Three'],
    right: 2,
  },
  claims: ['file-instructions-make-layers', 'history-shows-every-instruction', 'layers-below-are-shared'],
  steps: {
    make: 'Make an image: two instructions write files, one sets a variable',
    history: 'List its instructions, newest first, with the bytes that each added',
    layers: 'List its layers, lowest first, by digest',
    second: 'Make a second image on the same base and compare the layers',
  },
  async *run({ sandbox, step, tested }) {
    const write = (name: string, text: string) => ({
      instruction: `RUN echo ${text} > /work/${name}`,
      files: { [`/work/${name}`]: { text: `${text}\n`, owner: 65_534 } },
    });
    const setting = { instruction: 'ENV COLOUR=blue' };

    const image = yield* step('make', () =>
      sandbox.makeImage({ name: 'layers', layers: [write('one', 'first'), setting, write('two', 'second')] }),
    );
    const rows = yield* step('history', () => sandbox.history(image));
    const own = rows.slice(0, 3);
    yield tested('history-shows-every-instruction', {
      predicted: 'RUN with bytes, ENV with 0 bytes, RUN with bytes',
      observed: own.map((row) => `${row.createdBy.split(' ')[0]} with ${row.size} bytes`).join(', '),
      held:
        own.length === 3 &&
        own.map((row) => row.size > 0).join() === 'true,false,true' &&
        own[1]?.createdBy.includes('ENV') === true,
    });
    const [base, mine] = yield* step('layers', async () => {
      const facts = [await sandbox.inspectImage(sandbox.baseImage), await sandbox.inspectImage(image)] as const;
      sandbox.note('', listLayers(sandbox.baseImage.name));
      sandbox.note('', listLayers(image.name));
      const wasThere = (digest: string) => facts[0].layers.includes(digest);
      sandbox.note(inLines(facts[1].layers, (digest) => (wasThere(digest) ? 'from the base' : 'added')));
      return facts;
    });
    const added = mine.layers.length - base.layers.length;
    yield tested('file-instructions-make-layers', {
      predicted: '3 instructions add 2 layers',
      observed: `3 instructions add ${added} layers`,
      held: added === 2,
    });
    const other = yield* step('second', async () => {
      const made = await sandbox.makeImage({ name: 'other', layers: [write('three', 'third')] });
      const facts = await sandbox.inspectImage(made);
      sandbox.note('', listLayers(made.name));
      sandbox.note(inLines(facts.layers, (digest) => (mine.layers.includes(digest) ? 'shared' : 'its own')));
      return facts;
    });
    const shared = other.layers.filter((digest) => mine.layers.includes(digest));
    yield tested('layers-below-are-shared', {
      predicted: `${base.layers.length} layers shared, those of the base`,
      observed: `${shared.length} layers shared${shared.join() === base.layers.join() ? ', those of the base' : ''}`,
      held: shared.length > 0 && shared.join() === base.layers.join(),
    });
  },
});
