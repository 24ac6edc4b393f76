import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'image-does-not-run',
  title: 'Look for the process of an image',
  question: {
    text: 'A container was created from an image but not started. Does a process run?',
    options: ['Yes', 'No', 'Only the init process'],
    right: 1,
  },
  claims: ['created-has-no-process', 'started-has-process-of-image'],
  steps: {
    create: 'Create a container from an image, without starting it',
    look: 'Look at both',
    start: 'Start the container',
  },
  async *run({ sandbox, step, tested }) {
    const container = yield* step('create', () => sandbox.create({ name: 'a' }));
    const [image, created] = yield* step('look', async () => {
      const template = await sandbox.inspectImage(sandbox.baseImage);
      return [template, await container.inspect()] as const;
    });
    yield tested('created-has-no-process', {
      predicted: 'created, no process',
      observed: `${created.status}, ${created.pid === 0 ? 'no process' : `process ${created.pid}`}`,
      held: created.status === 'created' && created.pid === 0,
    });
    const started = yield* step('start', async () => {
      await container.start();
      return container.inspect();
    });
    yield tested('started-has-process-of-image', {
      predicted: `running, a process, image ${image.id}`,
      observed: `${started.status}, ${started.pid > 0 ? 'a process' : 'no process'}, image ${started.imageId}`,
      held: started.status === 'running' && started.pid > 0 && started.imageId === image.id,
    });
  },
});
