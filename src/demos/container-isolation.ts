import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';
import { noControlGroups } from './catalogue/reasons.ts';

export const demo = defineDemo({
  id: 'container-isolation',
  title: 'Look out of a container, and into it',
  question: {
    text: 'A process sleeps in a container. Who can see it in a process list?',
    options: ['Only the container', 'Only the host', 'Both, under different ids', 'Every container'],
    right: 2,
  },
  claims: ['own-process-list', 'own-hostname', 'own-filesystem', 'host-sees-container-process', 'only-loopback'],
  steps: {
    start: 'Start two containers',
    processes: 'List the processes inside the first container',
    host: 'List its processes as the host sees them',
    hostname: 'Ask both for their hostname',
    files: 'Write a file in the first, and look for it in the second',
    network: 'List the network interfaces of the first',
  },
  dockerOnly: {
    'host-sees-container-process': 'lists the ids that processes have inside of their container',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const loosen = { writableRoot: true };
    const [a, b] = yield* step('start', () =>
      Promise.all([
        sandbox.run({ name: 'a', hostname: 'first', loosen }),
        sandbox.run({ name: 'b', hostname: 'second', loosen }),
      ]),
    );
    const inside = yield* step('processes', () => a.exec('sleep 30 & sleep 0.2; ps -o pid,args'));
    const rows = inside.output
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
    yield tested('own-process-list', {
      predicted: 'fewer than 12 processes, the first with id 1',
      observed: `${rows.length} processes, the first: ${rows[0]}`,
      held: rows.length < 12 && rows[0]?.startsWith('1 ') === true,
    });
    const sameProcesses = 'the same processes, none with id 1';
    const outside = yield* step('host', async () => (sandbox.engine.controlGroups ? a.top() : []));
    const pids = outside.map((row) => row.pid);
    if (!sandbox.engine.controlGroups) yield notRun('host-sees-container-process', sameProcesses, noControlGroups);
    else
      yield tested('host-sees-container-process', {
        predicted: sameProcesses,
        observed: `${pids.length} processes with the ids ${pids.join(' ')}`,
        held: pids.length > 0 && !pids.includes(1) && outside.some((row) => row.command.includes('sh')),
      });
    const names = yield* step('hostname', async () => [await a.exec('hostname'), await b.exec('hostname')]);
    yield tested('own-hostname', exactly('first second', names.map((name) => name.output).join(' ')));
    const file = yield* step('files', async () => {
      await a.exec('echo secret > /work/file');
      return b.exec('cat /work/file');
    });
    yield tested('own-filesystem', {
      predicted: 'No such file or directory',
      observed: file.output,
      held: file.exitCode !== 0 && file.output.includes('No such file or directory'),
    });
    const network = yield* step('network', () => a.exec('ls /sys/class/net'));
    yield tested('only-loopback', { predicted: 'lo', observed: network.output, held: network.output === 'lo' });
  },
});
