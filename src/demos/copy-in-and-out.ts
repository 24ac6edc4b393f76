import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'copy-in-and-out',
  title: 'Copy files into a container and out of it',
  question: {
    text: 'A container is stopped. Can docker cp still copy a file out of it?',
    options: ['Yes', 'No, it must run', 'Only files of volumes'],
    right: 0,
  },
  claims: [
    'cp-into-running-container',
    'cp-out-of-stopped-container',
    'cp-into-stopped-container',
    'cp-is-gone-in-new-container',
  ],
  steps: {
    into: 'Copy a file into a running container, and read it there',
    stopped: 'Stop the container, copy another file into it, and copy one out that it wrote',
    again: 'Start it again and read the second file; then look for the first in a new container',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [a, inside] = yield* step('into', async () => {
      const container = await sandbox.run({ name: 'a', loosen });
      await container.copyIn('/home/demo/one.txt', 'from outside\n');
      return [container, await container.exec('cd /home/demo; cat one.txt; echo from inside > two.txt')] as const;
    });
    yield tested('cp-into-running-container', exactly('from outside', inside.output));
    const outside = yield* step('stopped', async () => {
      await a.stop();
      await a.copyIn('/home/demo/three.txt', 'while it was stopped\n');
      const { status } = await a.inspect();
      return { status, text: await a.copyOut('/home/demo/two.txt') };
    });
    yield tested('cp-out-of-stopped-container', {
      predicted: 'exited, and the file says from inside',
      observed: `${outside.status}, and the file says ${outside.text}`,
      held: outside.status === 'exited' && outside.text === 'from inside',
    });
    const [started, fresh] = yield* step('again', async () => {
      await a.start();
      const read = await a.exec('cat /home/demo/three.txt');
      const b = await sandbox.run({ name: 'b', loosen });
      return [read, await b.exec('cat /home/demo/one.txt')] as const;
    });
    yield tested('cp-into-stopped-container', exactly('while it was stopped', started.output));
    yield tested('cp-is-gone-in-new-container', {
      predicted: 'No such file or directory',
      observed: fresh.output,
      held: fresh.exitCode !== 0 && fresh.output.includes('No such file or directory'),
    });
  },
});
