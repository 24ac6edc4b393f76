import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'build-arg-scope',
  title: 'Follow build arguments through a build',
  question: {
    text: 'A build gets a password by --build-arg, uses it in a RUN, and unsets it. Who can read it afterwards?',
    options: ['Nobody', 'Everybody with the image: docker history shows it', 'Only who built it'],
    right: 1,
  },
  claims: [
    'arg-before-from-empty-inside',
    'arg-needs-declaration-in-stage',
    'arg-absent-in-container',
    'env-present-in-container',
    'build-arg-stays-in-history',
  ],
  steps: {
    build: 'Build an image with an ARG before FROM, one after it, and an ENV',
    run: 'Look at the variables in a container of it',
    history: 'Read the history of the image',
  },
  async *run({ sandbox, step, tested }) {
    const image = yield* step('build', () =>
      sandbox.build({
        name: 'app',
        cache: false,
        dockerfile: [
          'ARG VERSION=7',
          'FROM base',
          'RUN echo "before=[$VERSION]"',
          'ENV COLOUR=blue',
          'ARG VERSION',
          'ARG PASSWORD',
          'RUN echo "after=[$VERSION]"; echo "$PASSWORD" | sha256sum > /dev/null; unset PASSWORD',
        ],
        args: { PASSWORD: 'swordfish' },
      }),
    );
    const printed = (name: string) => new RegExp(`^${name}=\\[(.*)\\]$`, 'm').exec(image.log)?.[1] ?? 'nothing printed';
    yield tested('arg-before-from-empty-inside', {
      predicted: 'empty',
      observed: printed('before') || 'empty',
      held: printed('before') === '',
    });
    yield tested('arg-needs-declaration-in-stage', exactly('7', printed('after')));
    const inside = yield* step('run', () =>
      sandbox.runOnce({ name: 'a', image, script: 'echo "COLOUR=[$COLOUR] PASSWORD=[$PASSWORD]"' }),
    );
    yield tested('arg-absent-in-container', {
      predicted: 'PASSWORD=[]',
      observed: inside.output,
      held: inside.output.includes('PASSWORD=[]'),
    });
    yield tested('env-present-in-container', {
      predicted: 'COLOUR=[blue]',
      observed: inside.output,
      held: inside.output.includes('COLOUR=[blue]'),
    });
    const rows = yield* step('history', async () => (await sandbox.history(image)).map((row) => row.createdBy));
    const leaking = rows.find((row) => row.includes('swordfish'));
    yield tested('build-arg-stays-in-history', {
      predicted: 'an instruction with swordfish in it',
      observed: leaking ?? 'no instruction with swordfish in it',
      held: leaking !== undefined,
    });
  },
});
