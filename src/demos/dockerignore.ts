import { defineDemo } from './catalogue/demo.ts';

const secret = 'API_KEY=not-a-real-key\n';

export const demo = defineDemo({
  id: 'dockerignore',
  title: 'Leave a file out of the build context',
  question: {
    text: 'A file .env lies in the build directory, and the Dockerfile says COPY . /work/. What keeps it out of the image?',
    options: ['Nothing', 'A line in .dockerignore', 'Its dot'],
    right: 1,
  },
  claims: ['whole-context-brings-secret', 'ignored-file-cannot-be-copied'],
  steps: {
    without: 'Build without .dockerignore and look for the file',
    with: 'Build with .env in .dockerignore and look again',
  },
  async *run({ sandbox, step, tested }) {
    const dockerfile = ['FROM base', 'COPY . /work/'];
    const script = 'cat /work/.env';
    const without = yield* step('without', async () => {
      const image = await sandbox.build({ name: 'without', dockerfile, context: { '.env': secret, app: 'app\n' } });
      return sandbox.runOnce({ name: 'a', image, script });
    });
    yield tested('whole-context-brings-secret', {
      predicted: secret.trim(),
      observed: without.output,
      held: without.exitCode === 0 && without.output === secret.trim(),
    });
    const excluded = yield* step('with', async () => {
      const context = { '.dockerignore': '.env\n', '.env': secret, app: 'app\n' };
      const image = await sandbox.build({ name: 'with', dockerfile, context });
      return sandbox.runOnce({ name: 'b', image, script });
    });
    yield tested('ignored-file-cannot-be-copied', {
      predicted: 'No such file or directory',
      observed: excluded.output,
      held: excluded.exitCode !== 0 && excluded.output.includes('No such file or directory'),
    });
  },
});
