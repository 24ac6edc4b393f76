import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'same-kernel',
  title: 'Ask two containers which kernel they run on',
  question: {
    text: 'Two containers print their kernel release. What do they print?',
    options: ['Each its own', "The host's, both of them", "The image's"],
    right: 1,
  },
  claims: ['same-kernel-release', 'same-boot-id', 'image-names-architecture'],
  steps: {
    ask: 'Ask two containers for their kernel release and boot id',
    compare: 'Compare with what the engine says of its host, and with the image',
  },
  async *run({ sandbox, step, tested }) {
    const script = 'uname -r; cat /proc/sys/kernel/random/boot_id';
    const [a, b] = yield* step('ask', async () => [
      (await sandbox.runOnce({ name: 'a', script })).output.split('\n'),
      (await sandbox.runOnce({ name: 'b', script })).output.split('\n'),
    ]);
    const image = yield* step('compare', async () => {
      sandbox.note(
        `The engine's host: kernel ${sandbox.engine.kernel}, ${sandbox.engine.architecture}`,
        `docker version --format "The engine's host: kernel {{.Server.KernelVersion}}, {{.Server.Arch}}"`,
      );
      return sandbox.inspectImage(sandbox.baseImage);
    });
    const releases = [a?.[0], b?.[0]];
    yield tested('same-kernel-release', {
      predicted: sandbox.engine.kernel,
      observed: releases.join(' and '),
      held: releases.every((release) => release === sandbox.engine.kernel),
    });
    yield tested('same-boot-id', {
      predicted: 'the same boot id twice',
      observed: `${a?.[1]} and ${b?.[1]}`,
      held: a?.[1] !== undefined && a[1].length > 30 && a[1] === b?.[1],
    });
    yield tested('image-names-architecture', exactly(sandbox.engine.architecture, image.architecture));
  },
});
