import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'logs-show-stdout',
  title: 'Look for what an application writes in docker logs',
  question: {
    text: 'An application writes its messages to a file app.log in its container. What does docker logs show of them?',
    options: ['All of them', 'The newest ones', 'None'],
    right: 2,
  },
  claims: ['output-is-in-logs', 'file-is-not-in-logs', 'linked-file-is-in-logs'],
  steps: {
    run: 'Run a container that writes to its output, to a file, and to a file that is a link to its output',
    logs: 'Read its log, and copy the file out of the container',
  },
  async *run({ sandbox, step, tested }) {
    const a = yield* step('run', async () => {
      const container = await sandbox.run({
        name: 'a',
        loosen: { writableRoot: true },
        script: 'cd /home/demo; echo one > app.log; ln -s /dev/stdout access.log; echo two > access.log; echo three',
      });
      await container.wait();
      return container;
    });
    const [logs, file] = yield* step('logs', async () => [
      (await a.logs()).split('\n'),
      await a.copyOut('/home/demo/app.log'),
    ]);
    yield tested('output-is-in-logs', {
      predicted: 'three is in the log',
      observed: `${logs.includes('three') ? 'three' : 'nothing'} is in the log`,
      held: logs.includes('three'),
    });
    yield tested('file-is-not-in-logs', {
      predicted: 'one is in the file, and not in the log',
      observed: `${file} is in the file, ${logs.includes('one') ? 'and' : 'and not'} in the log`,
      held: file === 'one' && !logs.includes('one'),
    });
    yield tested('linked-file-is-in-logs', {
      predicted: 'two is in the log',
      observed: `the log has: ${logs.join(', ')}`,
      held: logs.includes('two'),
    });
  },
});
