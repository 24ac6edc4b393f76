import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'copy-needs-context',
  title: 'COPY files that the builder does not have',
  question: {
    text: 'A Dockerfile says COPY ../config.json . and the file is there, one folder up. What does the build do?',
    options: ['It copies the file', 'It fails', 'It warns and goes on'],
    right: 1,
  },
  claims: [
    'copy-outside-context-fails',
    'copy-missing-file-fails',
    'copy-ignored-file-fails',
    'copy-path-starts-at-context',
  ],
  steps: {
    outside: 'Copy a file from above the context',
    missing: 'Copy a file that the context does not have',
    ignored: 'Copy a file that .dockerignore leaves out',
    inside: 'Copy a file of a folder in the context, whose path starts with a slash',
  },
  async *run({ sandbox, step, tested }) {
    const context = { 'src/config.json': '{}\n', 'secret.env': 'x\n', '.dockerignore': 'secret.env\n' };
    const copy = async (name: string, from: string) => {
      const built = await sandbox.tryBuild({ name, dockerfile: ['FROM base', `COPY ${from} .`], context });
      return 'refusal' in built ? built.refusal : 'the image was built';
    };
    const outside = yield* step('outside', () => copy('outside', '../config.json'));
    const failure = /forbidden path|not found|no such file|outside/i;
    yield tested('copy-outside-context-fails', {
      predicted: 'the build fails: the path is outside the context',
      observed: outside,
      held: failure.test(outside),
    });
    const missing = yield* step('missing', () => copy('missing', 'config.json'));
    yield tested('copy-missing-file-fails', {
      predicted: 'the build fails: not found',
      observed: missing,
      held: failure.test(missing),
    });
    const ignored = yield* step('ignored', () => copy('ignored', 'secret.env'));
    yield tested('copy-ignored-file-fails', {
      predicted: 'the build fails: not found',
      observed: ignored,
      held: failure.test(ignored),
    });
    const inside = yield* step('inside', async () => {
      const dockerfile = ['FROM base', 'COPY /src/config.json .'];
      const image = await sandbox.tryBuild({ name: 'inside', dockerfile, context });
      if ('refusal' in image) return image.refusal;
      return (await sandbox.runOnce({ name: 'a', image, script: 'cat config.json' })).output;
    });
    yield tested('copy-path-starts-at-context', { predicted: '{}', observed: inside, held: inside === '{}' });
  },
});
