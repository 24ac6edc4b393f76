import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const versionOf = (version: string) => ({
  instruction: `RUN echo version ${version} > /work/app`,
  files: { '/work/app': { text: `version ${version}\n`, owner: 65_534 } },
});

export const demo = defineDemo({
  id: 'update-by-replacement',
  title: 'Update an application by replacing its container',
  question: {
    text: 'A container runs version 1. A new image takes over the name app:latest. What does the running container run?',
    options: ['Version 1', 'Version 2', 'Version 2 after a restart'],
    right: 0,
  },
  claims: ['old-container-keeps-old-image', 'restart-keeps-old-image', 'new-container-runs-new-version'],
  steps: {
    first: 'Make version 1 and run it',
    second: 'Make version 2, give it the name app:latest, and ask the container for its version',
    restart: 'Restart the old container and ask for its version',
    replace: 'Remove it, run app:latest, and ask again',
  },
  async *run({ sandbox, step, tested }) {
    const old = yield* step('first', async () => {
      const one = await sandbox.makeImage({ name: 'app:1', layers: [versionOf('1')] });
      const latest = await sandbox.tag(one, 'app:latest');
      return sandbox.run({ name: 'old', image: latest });
    });
    const [latest, running] = yield* step('second', async () => {
      const two = await sandbox.makeImage({ name: 'app:2', layers: [versionOf('2')] });
      return [await sandbox.tag(two, 'app:latest'), await old.exec('cat app')] as const;
    });
    yield tested('old-container-keeps-old-image', exactly('version 1', running.output));
    const restarted = yield* step('restart', async () => {
      await old.restart();
      return old.exec('cat /work/app');
    });
    yield tested('restart-keeps-old-image', exactly('version 1', restarted.output));
    const fresh = yield* step('replace', async () => {
      await old.remove();
      const container = await sandbox.run({ name: 'new', image: latest });
      return container.exec('cat /work/app');
    });
    yield tested('new-container-runs-new-version', exactly('version 2', fresh.output));
  },
});
