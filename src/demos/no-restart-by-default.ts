import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'no-restart-by-default',
  title: 'Wait for a container that nobody restarts',
  question: {
    text: 'The process in a container without a restart policy ends. What does Docker do?',
    options: ['It starts it again', 'It leaves it stopped', 'It removes it'],
    right: 1,
  },
  claims: ['stays-stopped-by-default'],
  steps: {
    run: 'Run a container whose process ends with code 1',
    wait: 'Wait half a second and look at it again',
  },
  async *run({ sandbox, step, tested }) {
    const a = yield* step('run', async () => {
      const container = await sandbox.run({ name: 'a', script: 'exit 1' });
      await container.wait();
      return container;
    });
    const facts = yield* step('wait', async () => {
      await sandbox.pause(500);
      return a.inspect();
    });
    yield tested('stays-stopped-by-default', {
      predicted: 'exited, 0 restarts',
      observed: `${facts.status}, ${facts.restartCount} restarts`,
      held: facts.status === 'exited' && facts.restartCount === 0,
    });
  },
});
