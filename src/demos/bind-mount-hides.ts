import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'bind-mount-hides',
  title: 'Mount a host directory over files of the image',
  question: {
    text: 'The image ships a file in /data. An empty host directory is mounted at /data. What does the container see there?',
    options: ['The file', 'Nothing', 'A copy that also appears on the host'],
    right: 1,
  },
  claims: [
    'bind-hides-image-directory',
    'bind-source-not-prefilled',
    'bind-write-lands-on-host',
    'bind-does-not-delete-image-files',
  ],
  steps: {
    image: 'Make an image that ships a file in /data',
    bind: 'Mount an empty host directory there, and look on both sides',
    fill: 'Write a file on the host, and look in the container',
    write: 'Write a file in the container, and read it on the host',
    without: 'Run the same image without the mount',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const image = yield* step('image', () =>
      sandbox.makeImage({
        name: 'ships',
        layers: [
          {
            instruction: 'RUN echo shipped > /data/shipped',
            files: { '/data/shipped': { text: 'shipped\n', owner: 65_534 } },
          },
        ],
      }),
    );
    const here = (await sandbox.hostFact('boot-id')) !== null;
    const predicted = {
      hidden: 'host',
      prefilled: '0 files on the host, 0 files in the container',
      written: 'from the container',
    };
    if (!here) {
      const reason = 'the engine runs on another machine, so there is no directory to share';
      yield* step('bind', async () => sandbox.note(reason));
      yield* step('fill', async () => sandbox.note(reason));
      yield* step('write', async () => sandbox.note(reason));
      yield notRun('bind-source-not-prefilled', predicted.prefilled, reason);
      yield notRun('bind-hides-image-directory', predicted.hidden, reason);
      yield notRun('bind-write-lands-on-host', predicted.written, reason);
    } else {
      const [directory, container, outside, inside] = yield* step('bind', async () => {
        const made = await sandbox.hostDirectory('shared');
        const started = await sandbox.run({
          name: 'a',
          image,
          mounts: [{ type: 'bind', directory: made, path: '/data' }],
        });
        const shown = await started.exec('ls -A /data | wc -l');
        return [made, started, await made.list(), shown] as const;
      });
      yield tested('bind-source-not-prefilled', {
        predicted: predicted.prefilled,
        observed: `${outside.length} files on the host, ${inside.output} files in the container`,
        held: outside.length === 0 && inside.output === '0',
      });
      const listed = yield* step('fill', async () => {
        await directory.write('host', 'from the host');
        return container.exec('ls -A /data');
      });
      yield tested('bind-hides-image-directory', exactly(predicted.hidden, listed.output));
      const text = yield* step('write', async () => {
        await container.exec('printf "from the container" > /data/written');
        return directory.read('written');
      });
      yield tested('bind-write-lands-on-host', exactly(predicted.written, text));
    }
    const without = yield* step('without', () => sandbox.runOnce({ name: 'b', image, script: 'cat /data/shipped' }));
    yield tested('bind-does-not-delete-image-files', exactly('shipped', without.output));
  },
});
