import { defineDemo } from './catalogue/demo.ts';

const write = 'echo "order 1001" > /data/orders && cat /data/orders';
const read = 'cat /data/orders';

export const demo = defineDemo({
  id: 'data-loss-on-replace',
  title: 'Replace a container and look for its data',
  question: {
    text: 'A container writes a file. It is stopped and started, then replaced by a new one from the same image. When is the file gone?',
    options: ['After the stop', 'After the replacement', 'After both', 'Never'],
    right: 1,
  },
  claims: ['survives-stop', 'dies-with-container', 'volume-outlives-container'],
  steps: {
    write: 'Container A writes an order to its own filesystem',
    restart: 'Stop A, start it again, and read the order',
    replace: 'Remove A, start B from the same image, and read the order',
    writeVolume: 'Container C writes the order to a volume',
    replaceVolume: 'Remove C, start D with the same volume, and read the order',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };

    const [a, written] = yield* step('write', async () => {
      const container = await sandbox.run({ name: 'a', loosen });
      return [container, await container.exec(write)] as const;
    });

    const afterStop = yield* step('restart', async () => {
      await a.stop();
      await a.start();
      return a.exec(read);
    });
    yield tested('survives-stop', {
      predicted: written.output,
      observed: afterStop.output,
      held: written.output !== '' && afterStop.output === written.output,
    });

    const afterReplace = yield* step('replace', async () => {
      await a.remove();
      const b = await sandbox.run({ name: 'b', loosen });
      return b.exec(read);
    });
    yield tested('dies-with-container', {
      predicted: 'No such file or directory',
      observed: afterReplace.output,
      held: afterReplace.exitCode !== 0 && afterReplace.output.includes('No such file or directory'),
    });

    const [c, volume] = yield* step('writeVolume', async () => {
      const orders = await sandbox.volume('orders');
      const container = await sandbox.run({ name: 'c', mounts: [{ type: 'volume', volume: orders, path: '/data' }] });
      await container.exec(write);
      return [container, orders] as const;
    });

    const fromVolume = yield* step('replaceVolume', async () => {
      await c.remove();
      const d = await sandbox.run({ name: 'd', mounts: [{ type: 'volume', volume, path: '/data' }] });
      return d.exec(read);
    });
    yield tested('volume-outlives-container', {
      predicted: written.output,
      observed: fromVolume.output,
      held: fromVolume.exitCode === 0 && fromVolume.output === written.output,
    });
  },
});
