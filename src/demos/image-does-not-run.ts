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
    image: 'Look at the image',
    create: 'Create a container from it, without starting it',
    start: 'Start the container',
  },
  async *run({ sandbox, step, tested }) {
    const image = yield* step('image', () => sandbox.inspectImage(sandbox.baseImage));
    const [container, created] = yield* step('create', async () => {
      const made = await sandbox.create({ name: 'a' });
      return [made, await made.inspect()] as const;
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
