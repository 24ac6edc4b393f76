import { defineDemo } from './catalogue/demo.ts';

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
    bind: 'Mount a host directory there, and look',
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
      hidden: 'only the file of the host',
      prefilled: 'no file of the image',
      written: 'from the container',
    };
    if (!here) {
      const reason = 'the engine runs on another machine, so there is no directory to share';
      yield* step('bind', async () => sandbox.note(reason));
      yield* step('write', async () => sandbox.note(reason));
      yield notRun('bind-hides-image-directory', predicted.hidden, reason);
      yield notRun('bind-source-not-prefilled', predicted.prefilled, reason);
      yield notRun('bind-write-lands-on-host', predicted.written, reason);
    } else {
      const [directory, container, listed] = yield* step('bind', async () => {
        const made = await sandbox.hostDirectory('shared');
        await made.write('host', 'from the host');
        const started = await sandbox.run({
          name: 'a',
          image,
          mounts: [{ type: 'bind', directory: made, path: '/data' }],
        });
        return [made, started, await started.exec('ls /data')] as const;
      });
      yield tested('bind-hides-image-directory', {
        predicted: 'host',
        observed: listed.output,
        held: listed.output === 'host',
      });
      const [files, text] = yield* step('write', async () => {
        await container.exec('printf "from the container" > /data/written');
        return [await directory.list(), await directory.read('written')] as const;
      });
      yield tested('bind-source-not-prefilled', {
        predicted: predicted.prefilled,
        observed: `on the host: ${files.join(', ')}`,
        held: files.includes('host') && !files.includes('shipped'),
      });
      yield tested('bind-write-lands-on-host', {
        predicted: predicted.written,
        observed: text,
        held: text === predicted.written,
      });
    }
    const without = yield* step('without', () => sandbox.runOnce({ name: 'b', image, script: 'cat /data/shipped' }));
    yield tested('bind-does-not-delete-image-files', {
      predicted: 'shipped',
      observed: without.output,
      held: without.output === 'shipped',
    });
  },
});
