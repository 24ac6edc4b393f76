import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'name-in-use',
  title: 'Give two containers the same name',
  question: {
    text: 'A container named web was stopped. docker ps does not show it. Can another container be named web?',
    options: ['Yes', 'No, until the first is removed', 'Yes, it replaces the first'],
    right: 1,
  },
  claims: ['stopped-container-hidden-from-ps', 'stopped-container-keeps-name', 'removal-frees-name'],
  steps: {
    stop: 'Run a container named web, and stop it',
    list: 'List containers as docker ps does, and then all of them',
    again: 'Try to run another one named web',
    free: 'Remove the first, and try again',
  },
  async *run({ sandbox, step, tested }) {
    const web = yield* step('stop', async () => {
      const container = await sandbox.run({ name: 'web' });
      await container.stop();
      return container;
    });
    const [running, all] = yield* step(
      'list',
      async () => [await sandbox.list({ running: true }), await sandbox.list({ nameStarts: 'web' })] as const,
    );
    yield tested('stopped-container-hidden-from-ps', {
      predicted: 'docker ps: nothing; docker ps --all: demo-web',
      observed: `docker ps: ${running.join(', ') || 'nothing'}; docker ps --all: ${all.join(', ') || 'nothing'}`,
      held: running.length === 0 && all.join() === 'demo-web',
    });
    const refused = yield* step('again', () => sandbox.tryRun({ name: 'web' }));
    yield tested('stopped-container-keeps-name', {
      predicted: 'refused: the name is already in use',
      observed:
        'refusal' in refused ? refused.refusal.replace(/^.*? a container: /, '') : 'a second container of that name',
      held: 'refusal' in refused && /name .* is already in use/.test(refused.refusal),
    });
    const freed = yield* step('free', async () => {
      await web.remove();
      const second = await sandbox.tryRun({ name: 'web' });
      return 'container' in second ? (await second.container.inspect()).status : second.refusal;
    });
    yield tested('removal-frees-name', { predicted: 'running', observed: freed, held: freed === 'running' });
  },
});
