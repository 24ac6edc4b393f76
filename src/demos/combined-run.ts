import { defineDemo } from './catalogue/demo.ts';

const MiB = 1024 * 1024;
const commands = [
  'dd if=/dev/zero of=/work/cache bs=1M count=4 2> /dev/null',
  'echo installed > /work/program',
  'rm /work/cache',
];

export const demo = defineDemo({
  id: 'combined-run',
  title: 'Run three commands in one RUN, and in three',
  question: {
    text: 'One command downloads 4 MiB, one installs, one cleans up. Which Dockerfile gives the smaller image?',
    options: ['One RUN with &&', 'Three RUN instructions', 'Both the same'],
    right: 0,
  },
  claims: ['chained-run-one-layer', 'one-run-is-smaller'],
  steps: {
    many: 'Build with three RUN instructions',
    one: 'Build with one',
  },
  async *run({ sandbox, step, tested }) {
    const measure = async (name: string, dockerfile: readonly string[]) => {
      const image = await sandbox.build({ name, dockerfile });
      const [facts, base] = [await sandbox.inspectImage(image), await sandbox.inspectImage(sandbox.baseImage)];
      return { size: facts.size, layers: facts.layers.length - base.layers.length };
    };
    const many = yield* step('many', () =>
      measure('many', ['FROM base', ...commands.map((command) => `RUN ${command}`)]),
    );
    const one = yield* step('one', () => measure('one', ['FROM base', `RUN ${commands.join(' && ')}`]));
    yield tested('chained-run-one-layer', {
      predicted: '3 layers and 1 layer',
      observed: `${many.layers} layers and ${one.layers} layer${one.layers === 1 ? '' : 's'}`,
      held: many.layers === 3 && one.layers === 1,
    });
    yield tested('one-run-is-smaller', {
      predicted: 'smaller by 4 MiB or more',
      observed: `smaller by ${((many.size - one.size) / MiB).toFixed(2)} MiB`,
      held: many.size - one.size >= 4 * MiB,
    });
  },
});
