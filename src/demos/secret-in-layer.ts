import { defineDemo } from './catalogue/demo.ts';

const secret = 'TOKEN=not-a-real-token';

export const demo = defineDemo({
  id: 'secret-in-layer',
  title: 'Read a secret that the Dockerfile deleted',
  question: {
    text: 'A Dockerfile copies a token, uses it, and deletes it in the next RUN. Can somebody with the image read it?',
    options: ['No, it is deleted', 'Yes, from a layer', 'Only root in a container'],
    right: 1,
  },
  claims: ['deleted-secret-hidden-in-container', 'deleted-secret-still-in-layer'],
  steps: {
    build: 'Build: copy the token, use it, delete it',
    look: 'Look for it in a container',
    save: 'Save the image, and look into its layers',
  },
  async *run({ sandbox, step, tested }) {
    const image = yield* step('build', () =>
      sandbox.build({
        name: 'leaky',
        dockerfile: ['FROM base', 'COPY token .', 'RUN cat token > /dev/null', 'RUN rm token'],
        context: { token: `${secret}\n` },
      }),
    );
    const seen = yield* step('look', () => sandbox.runOnce({ name: 'a', image, script: 'cat /work/token' }));
    yield tested('deleted-secret-hidden-in-container', {
      predicted: 'No such file or directory',
      observed: seen.output,
      held: seen.exitCode !== 0 && seen.output.includes('No such file or directory'),
    });
    const saved = yield* step('save', async () => {
      const { layers } = await sandbox.save(image, '/work/token');
      const found = layers.map((layer) => layer.texts['work/token']?.trim()).find((text) => text !== undefined);
      return found;
    });
    yield tested('deleted-secret-still-in-layer', {
      predicted: secret,
      observed: saved ?? 'not found',
      held: saved === secret,
    });
  },
});
