import { defineDemo } from './catalogue/demo.ts';

const MiB = 1024 * 1024;
const compile = [
  'COPY source /work/source',
  'RUN dd if=/dev/zero of=/work/toolchain bs=1M count=5 2> /dev/null && cp /work/source /work/program',
];
const context = { source: 'echo built from source\n' };

export const demo = defineDemo({
  id: 'multi-stage-size',
  title: 'Build the same program with one stage and with two',
  question: {
    text: 'A build needs a 5 MiB toolchain. The program it makes is tiny. How large is the image of a two-stage build?',
    options: ['The base and 5 MiB', 'The base and a few bytes', 'Twice the base'],
    right: 1,
  },
  claims: ['multi-stage-drops-build-files', 'artifact-crosses-stages'],
  steps: {
    single: 'Build with one stage',
    multi: 'Build with two stages: the second copies only the program',
    run: 'Run the program from the two-stage image',
  },
  async *run({ sandbox, step, tested }) {
    const single = yield* step('single', async () => {
      const image = await sandbox.build({ name: 'single', dockerfile: ['FROM base', ...compile], context });
      return (await sandbox.inspectImage(image)).size;
    });
    const [image, multi] = yield* step('multi', async () => {
      const dockerfile = [
        'FROM base AS build',
        ...compile,
        'FROM base',
        'COPY --from=build /work/program /work/program',
      ];
      const built = await sandbox.build({ name: 'multi', dockerfile, context });
      return [built, (await sandbox.inspectImage(built)).size] as const;
    });
    yield tested('multi-stage-drops-build-files', {
      predicted: 'smaller by 5 MiB or more',
      observed: `smaller by ${((single - multi) / MiB).toFixed(2)} MiB`,
      held: single - multi >= 5 * MiB,
    });
    const result = yield* step('run', () =>
      sandbox.runOnce({ name: 'a', image, script: 'sh /work/program; ls /work' }),
    );
    yield tested('artifact-crosses-stages', {
      predicted: 'built from source, and nothing but the program',
      observed: result.output.replaceAll('\n', ', '),
      held: result.output === 'built from source\nprogram',
    });
  },
});
