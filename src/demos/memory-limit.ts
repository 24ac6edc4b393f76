import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';
import { noControlGroups } from './catalogue/reasons.ts';

const MiB = 1024 * 1024;

export const demo = defineDemo({
  id: 'memory-limit',
  title: 'Use more memory than a container may',
  question: {
    text: 'The main process of a container with a 16 MiB limit tries to use far more. How does the container end?',
    options: ['It goes on, slower', 'Exited with code 137', 'Exited with code 0', 'The host ends too'],
    right: 1,
  },
  claims: ['oom-exits-137', 'neighbour-survives-oom', 'kill-exits-137-without-oom'],
  steps: {
    hog: 'Run a neighbour, and a container whose process takes more memory than its limit',
    neighbour: 'Look whether the neighbour still runs',
    kill: 'Kill a container, and compare its exit code',
  },
  dockerOnly: {
    'oom-exits-137': 'does not tell on cgroup v1 that a container ended for lack of memory',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const [neighbour, hog] = yield* step('hog', async () => {
      const beside = await sandbox.run({ name: 'neighbour' });
      // Without the limit it would take all that it asks for.
      if (!sandbox.engine.enforces.memory) return [beside, null] as const;
      const container = await sandbox.run({
        name: 'hog',
        // tail keeps one endless line in memory. It is the main process itself, so its end is the container's. It waits
        // since a busy engine begins to watch for a lack of memory only after the start, and would not notice this one.
        script: 'sleep 1; exec tail -c 200000000 /dev/zero',
        loosen: { memory: 16 * MiB, noInit: true },
      });
      await container.wait();
      return [beside, await container.inspect()] as const;
    });
    const ended = 'code 137, ended for lack of memory';
    if (hog === null) yield notRun('oom-exits-137', ended, noControlGroups);
    else
      yield tested('oom-exits-137', {
        predicted: ended,
        observed: `code ${hog.exitCode}, ${hog.oomKilled ? 'ended for lack of memory' : 'ended otherwise'}`,
        held: hog.exitCode === 137 && hog.oomKilled,
      });
    const beside = yield* step('neighbour', () => neighbour.exec('echo still here'));
    if (hog === null) yield notRun('neighbour-survives-oom', 'still here', noControlGroups);
    else yield tested('neighbour-survives-oom', exactly('still here', beside.output));
    const killed = yield* step('kill', async () => {
      await neighbour.kill();
      return neighbour.inspect();
    });
    yield tested('kill-exits-137-without-oom', {
      predicted: 'code 137, not for lack of memory',
      observed: `code ${killed.exitCode}, ${killed.oomKilled ? 'for lack of memory' : 'not for lack of memory'}`,
      held: killed.exitCode === 137 && !killed.oomKilled,
    });
  },
});
