import { defineDemo } from './catalogue/demo.ts';
import { either } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'stop-is-not-remove',
  title: 'Stop a container, then remove it',
  question: {
    text: 'A container has written a file and is stopped. What can you still do?',
    options: ['Nothing, it is gone', 'See it, but its files are gone', 'Start it and read the file'],
    right: 2,
  },
  claims: ['stopped-container-keeps-logs', 'stopped-container-remains', 'removed-container-is-gone'],
  steps: {
    run: 'Run a container that writes a file, and one that writes to its log',
    stop: 'Stop both, look at the first, and read the log of the second',
    start: 'Start it again and read the file',
    remove: 'Remove it and look for it',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [a, writer] = yield* step('run', async () => {
      const container = await sandbox.run({ name: 'a', loosen });
      await container.exec('echo kept > /work/file');
      return [container, await sandbox.run({ name: 'b', script: 'echo a line for the log; exec sleep 60' })] as const;
    });
    const [stopped, logs] = yield* step('stop', async () => {
      await a.stop();
      await writer.stop();
      return [await a.inspect(), await writer.logs()] as const;
    });
    yield tested('stopped-container-keeps-logs', {
      predicted: 'a line for the log',
      observed: logs.split('\n')[0] ?? '',
      held: logs.includes('a line for the log'),
    });
    const read = yield* step('start', async () => {
      await a.start();
      return a.exec('cat /work/file');
    });
    yield tested('stopped-container-remains', {
      predicted: 'exited, then the file says kept',
      observed: `${stopped.status}, then the file says ${read.output}`,
      held: stopped.status === 'exited' && read.output === 'kept',
    });
    const exists = yield* step('remove', async () => {
      await a.remove();
      return a.exists();
    });
    yield tested('removed-container-is-gone', either(!exists, 'no such container', 'still there'));
  },
});
