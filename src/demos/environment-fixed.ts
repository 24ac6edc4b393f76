import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'environment-fixed',
  title: 'Change a variable of a container',
  question: {
    text: 'docker exec app sh -c "export COLOUR=red" has run. What does the next docker exec see in COLOUR?',
    options: ['red', 'What it was when the container was made', 'Nothing'],
    right: 1,
  },
  claims: [
    'env-flag-overrides-image',
    'exported-variable-not-kept',
    'restart-keeps-environment',
    'new-container-new-environment',
  ],
  steps: {
    run: 'Run a container of an image with COLOUR=green, and give it COLOUR=blue',
    export: 'Export another value in one command, and ask in the next',
    restart: 'Restart the container, and ask again',
    replace: 'Replace it by one with COLOUR=red',
  },
  async *run({ sandbox, step, tested }) {
    const show = 'echo "$COLOUR"';
    const [image, a, first] = yield* step('run', async () => {
      const environment = { COLOUR: 'green', SIZE: 'big' };
      const green = await sandbox.makeImage({
        name: 'app',
        layers: [{ instruction: 'ENV COLOUR=green SIZE=big', sets: { environment } }],
      });
      const container = await sandbox.run({ name: 'app', image: green, environment: { COLOUR: 'blue' } });
      return [green, container, await container.exec('echo "$COLOUR $SIZE"')] as const;
    });
    yield tested('env-flag-overrides-image', exactly('blue big', first.output));
    const [exported, next] = yield* step(
      'export',
      async () => [await a.exec(`export COLOUR=red; ${show}`), await a.exec(show)] as const,
    );
    yield tested('exported-variable-not-kept', {
      predicted: 'red in the command that exported it, blue in the next',
      observed: `${exported.output} in the command that exported it, ${next.output} in the next`,
      held: exported.output === 'red' && next.output === 'blue',
    });
    const restarted = yield* step('restart', async () => {
      await a.restart();
      return { inside: await a.exec(show), fixed: await a.inspectShows('COLOUR=blue') };
    });
    yield tested('restart-keeps-environment', {
      predicted: 'blue, and COLOUR=blue in docker inspect',
      observed: `${restarted.inside.output}, and ${restarted.fixed ? '' : 'no '}COLOUR=blue in docker inspect`,
      held: restarted.inside.output === 'blue' && restarted.fixed,
    });
    const replaced = yield* step('replace', async () => {
      await a.remove();
      const container = await sandbox.run({ name: 'app', image, environment: { COLOUR: 'red' } });
      return container.exec(show);
    });
    yield tested('new-container-new-environment', exactly('red', replaced.output));
  },
});
