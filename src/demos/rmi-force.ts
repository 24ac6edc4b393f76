import type { ImageFacts } from '../sandbox/sandbox.ts';
import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'rmi-force',
  title: 'Remove an image by force while containers use it',
  question: {
    text: 'docker rmi --force removes an image of a running container. Then the container is removed. What of the image is left?',
    options: ['Nothing', 'The image, without a name', 'The image with its name'],
    right: 1,
  },
  claims: ['rmi-refuses-used-image', 'rmi-force-running-leaves-untagged', 'rmi-force-stopped-deletes-image'],
  steps: {
    make: 'Run a container of one image, and stop a container of another',
    plain: 'Try to remove both images without force',
    running: 'Remove the image of the running container by force, then that container, and look for the image',
    stopped: 'Remove the image of the stopped container by force, and look for the image and the container',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const make = async (name: string) => {
      const text = `${name}\n`;
      const image = await sandbox.makeImage({
        name,
        layers: [{ instruction: `RUN echo ${name} > /home/demo/name`, files: { '/home/demo/name': { text } } }],
      });
      return { image, container: await sandbox.run({ name, image }) };
    };
    const [busy, idle] = yield* step('make', async () => {
      const both = [await make('busy'), await make('idle')] as const;
      await both[1].container.stop();
      return both;
    });
    const refusals = yield* step('plain', async () => [
      await sandbox.tryRemoveImage(busy.image),
      await sandbox.tryRemoveImage(idle.image),
    ]);
    yield tested('rmi-refuses-used-image', {
      predicted: 'refused for the running container and for the stopped one',
      observed: refusals.map((refusal) => refusal?.replace(/^.*? an image: /, '') ?? 'removed').join('; '),
      held: refusals.every((refusal) => refusal !== null && /is using|being used|in use/.test(refusal)),
    });
    // There the container would go with its image, and everything after it fail.
    const removesContainers = sandbox.engine.product === 'Podman';
    const untagged = yield* step('running', async () => {
      if (removesContainers) return null;
      const remembered = await sandbox.rememberImage(busy.image, 'busy');
      await sandbox.removeImage(busy.image, { force: true });
      const named = await sandbox.findImage('busy');
      await busy.container.remove();
      return { named: named !== null, left: await sandbox.findImage(remembered.id) };
    });
    const deleted = yield* step('stopped', async () => {
      if (removesContainers) return null;
      const remembered = await sandbox.rememberImage(idle.image, 'idle');
      await sandbox.removeImage(idle.image, { force: true });
      return { left: await sandbox.findImage(remembered.id), container: await idle.container.exists() };
    });
    const running = 'its name gone, the image still there after its container, without a name';
    const stopped = 'the image deleted, the container still there';
    if (untagged === null || deleted === null || sandbox.engine.containerdStore) {
      const reason = removesContainers
        ? 'Podman removes the containers of an image together with it'
        : "this engine keeps images in containerd's store, which keeps an untagged image in both cases";
      yield notRun('rmi-force-running-leaves-untagged', running, reason);
      yield notRun('rmi-force-stopped-deletes-image', stopped, reason);
      return;
    }
    yield tested('rmi-force-running-leaves-untagged', {
      predicted: running,
      observed: `its name ${untagged.named ? 'still there' : 'gone'}, the image ${whatIsLeft(untagged.left)}`,
      held: !untagged.named && untagged.left?.tags.length === 0,
    });
    yield tested('rmi-force-stopped-deletes-image', {
      predicted: stopped,
      observed: `the image ${deleted.left === null ? 'deleted' : 'still there'}, the container ${deleted.container ? 'still there' : 'gone'}`,
      held: deleted.left === null && deleted.container,
    });
  },
});

function whatIsLeft(image: ImageFacts | null): string {
  if (image === null) return 'gone';
  return `still there after its container, with ${image.tags.length === 0 ? 'no' : 'a'} name`;
}
