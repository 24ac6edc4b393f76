import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'two-processes',
  title: 'Run two processes in one container',
  question: {
    text: 'A container runs a web server as main process and a worker beside it. The worker crashes. What does Docker do?',
    options: ['It restarts the worker', 'It stops the container', 'Nothing: it does not notice'],
    right: 2,
  },
  claims: [
    'side-process-death-unnoticed',
    'main-end-ends-all-processes',
    'zombie-stays-without-init',
    'init-reaps-zombies',
  ],
  steps: {
    side: 'Run a container with a process beside the main one, and kill that process',
    main: 'Run one whose main process ends while the other goes on',
    zombie: 'Run one whose main process never asks how a child ended, and look for dead processes',
    init: 'Run the same with --init',
  },
  async *run({ sandbox, step, tested }) {
    const restart = 'on-failure:2';
    const side = yield* step('side', async () => {
      const container = await sandbox.run({ name: 'side', restart });
      const worker =
        'sleep 100 & worker=$!; kill -9 $worker; wait $worker 2> /dev/null; echo "the worker ended with $?"';
      return { killed: await container.exec(worker), facts: await container.inspect() };
    });
    yield tested('side-process-death-unnoticed', {
      predicted: 'the worker ended with 137; the container: running, 0 restarts',
      observed: `${side.killed.output}; the container: ${side.facts.status}, ${side.facts.restartCount} restarts`,
      held:
        side.killed.output === 'the worker ended with 137' &&
        side.facts.status === 'running' &&
        side.facts.restartCount === 0,
    });
    const main = yield* step('main', async () => {
      const container = await sandbox.run({ name: 'main', script: 'sleep 100 & echo the server ends' });
      const { exitCode } = await container.wait();
      return { exitCode, facts: await container.inspect() };
    });
    yield tested('main-end-ends-all-processes', {
      predicted: 'exited with code 0, no process left',
      observed: `${main.facts.status} with code ${main.exitCode}, ${main.facts.pid === 0 ? 'no process left' : `process ${main.facts.pid}`}`,
      held: main.facts.status === 'exited' && main.exitCode === 0 && main.facts.pid === 0,
    });
    // The child of a child becomes a child of process 1, and sleep asks nobody how they ended.
    const words = ['sh', '-c', '(sleep 0.1 &); exec sleep 20'];
    const dead = "sleep 0.3; ps -o stat | grep -c '^Z' || true";
    const zombies = async (name: string, noInit: boolean) => {
      const container = await sandbox.run({ name, loosen: { command: { words }, ...(noInit ? { noInit } : {}) } });
      const found = await container.execProcess('sh', '-c', dead);
      return 'output' in found ? found.output : found.refusal;
    };
    const without = yield* step('zombie', () => zombies('without', true));
    yield tested('zombie-stays-without-init', {
      predicted: '1 dead process',
      observed: `${without} dead processes`,
      held: without === '1',
    });
    const withInit = yield* step('init', () => zombies('with', false));
    yield tested('init-reaps-zombies', {
      predicted: '0 dead processes',
      observed: `${withInit} dead processes`,
      held: withInit === '0',
    });
  },
});
