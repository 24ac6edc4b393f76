import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'restart-policies',
  title: 'Let a failing container be restarted',
  question: {
    text: 'A container with --restart on-failure:2 fails every time. How many times does its process run in all?',
    options: ['Once', 'Twice', 'Three times', 'Without end'],
    right: 2,
  },
  claims: ['on-failure-retries', 'update-changes-policy'],
  steps: {
    run: 'Run a container with on-failure:2 whose process always fails',
    wait: 'Wait until the engine gives up',
    update: 'Make a container without a policy, and give it one afterwards',
  },
  dockerOnly: {
    'update-changes-policy': '4 cannot update a container through this interface',
  },
  async *run({ sandbox, step, tested }) {
    const a = yield* step('run', () =>
      sandbox.run({ name: 'a', restart: 'on-failure:2', script: 'echo started; exit 1' }),
    );
    const [facts, logs] = yield* step('wait', async () => {
      const gaveUp = async () => {
        const now = await a.look();
        return now.restartCount === 2 && now.status === 'exited';
      };
      await sandbox.until(
        gaveUp,
        15_000,
        "until docker inspect --format '{{.State.Status}} {{.RestartCount}}' demo-a | grep -q 'exited 2'; do sleep 0.2; done",
      );
      return [await a.inspect(), await a.logs()] as const;
    });
    const starts = logs.split('\n').filter((line) => line === 'started').length;
    yield tested('on-failure-retries', {
      predicted: '3 starts, 2 restarts, then exited',
      observed: `${starts} starts, ${facts.restartCount} restarts, then ${facts.status}`,
      held: starts === 3 && facts.restartCount === 2 && facts.status === 'exited',
    });
    const [before, after] = yield* step('update', async () => {
      const b = await sandbox.run({ name: 'b' });
      const first = (await b.inspect()).restartPolicy;
      const canUpdate = sandbox.engine.product === 'Docker';
      if (canUpdate) await b.setRestart('unless-stopped');
      const second = (await b.inspect()).restartPolicy;
      if (canUpdate) await b.setRestart('no');
      return [first, second] as const;
    });
    yield tested('update-changes-policy', {
      predicted: 'no, then unless-stopped',
      observed: `${before}, then ${after}`,
      held: before === 'no' && after === 'unless-stopped',
    });
  },
});
