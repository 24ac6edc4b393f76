import { defineDemo } from './catalogue/demo.ts';

const MiB = 1024 * 1024;

export const demo = defineDemo({
  id: 'whiteouts',
  title: 'Delete a big file in a later layer',
  question: {
    text: 'One RUN writes a 5 MiB file, the next RUN deletes it. How much smaller does the second make the image?',
    options: ['5 MiB', 'A little', 'Not at all'],
    right: 2,
  },
  claims: ['rm-in-later-layer-keeps-size', 'same-layer-rm-saves', 'whiteout-hides-file'],
  steps: {
    keep: 'Build an image that writes a 5 MiB file',
    later: 'Build one that deletes it in a later instruction',
    same: 'Build one that deletes it in the same instruction',
    look: 'Look for the file in a container, and in the layers',
  },
  async *run({ sandbox, step, tested }) {
    const write = 'dd if=/dev/zero of=/work/big bs=1M count=5 2> /dev/null';
    const build =
      (name: string, ...instructions: string[]) =>
      async () => {
        const image = await sandbox.build({ name, dockerfile: ['FROM base', ...instructions] });
        return { image, size: (await sandbox.inspectImage(image)).size };
      };
    const keep = yield* step('keep', build('keep', `RUN ${write}`));
    const later = yield* step('later', build('later', `RUN ${write}`, 'RUN rm /work/big'));
    const same = yield* step('same', build('same', `RUN ${write} && rm /work/big`));
    const size = (bytes: number) => `${(bytes / MiB).toFixed(2)} MiB`;
    yield tested('rm-in-later-layer-keeps-size', {
      predicted: `at least ${size(keep.size)}`,
      observed: size(later.size),
      held: keep.size > 5 * MiB && later.size >= keep.size,
    });
    yield tested('same-layer-rm-saves', {
      predicted: 'smaller by 5 MiB',
      observed: `smaller by ${size(keep.size - same.size)}`,
      held: keep.size - same.size >= 5 * MiB,
    });
    const [listed, saved] = yield* step(
      'look',
      async () =>
        [
          await sandbox.runOnce({ name: 'a', image: later.image, script: 'ls /work' }),
          await sandbox.save(later.image),
        ] as const,
    );
    const holds = (path: string) => saved.layers.findIndex((layer) => layer.paths.includes(path));
    yield tested('whiteout-hides-file', {
      predicted: 'no file in the container; the file in one layer, a whiteout in a later one',
      observed: `${listed.output === '' ? 'no file' : listed.output} in the container; file in layer ${holds('work/big') + 1}, whiteout in layer ${holds('work/.wh.big') + 1}`,
      held: listed.output === '' && holds('work/big') >= 0 && holds('work/.wh.big') > holds('work/big'),
    });
  },
});
