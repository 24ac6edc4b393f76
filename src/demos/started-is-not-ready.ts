import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'started-is-not-ready',
  title: 'Start a container, and wait until it is ready',
  question: {
    text: 'docker run has returned, and the container runs. Is the application in it ready?',
    options: ['Yes', 'Only a health check can tell', 'After the restart delay'],
    right: 1,
  },
  claims: ['started-is-not-ready', 'health-turns-healthy-when-ready', 'unhealthy-container-runs-on'],
  steps: {
    start: 'Run a container whose health check looks for a file that is not there yet',
    ready: 'Make the file, as an application does when it is ready, and wait for the health',
    broken: 'Take the file away, and wait again',
  },
  dockerOnly: {
    'health-turns-healthy-when-ready': 'leaves the times of health checks to systemd',
    'unhealthy-container-runs-on': 'leaves the times of health checks to systemd',
  },
  async *run({ sandbox, step, tested }) {
    const [a, started] = yield* step('start', async () => {
      const health = { command: 'test -f ready', interval: 100, retries: 1, startPeriod: 30_000 };
      const container = await sandbox.run({ name: 'a', health, loosen: { writableRoot: true } });
      const { status } = await container.inspect();
      return [container, { status, health: await container.health() }] as const;
    });
    yield tested('started-is-not-ready', {
      predicted: 'running, health starting',
      observed: `${started.status}, health ${started.health}`,
      held: started.status === 'running' && started.health === 'starting',
    });
    const ready = yield* step('ready', async () => {
      await a.exec('touch ready');
      return a.health('healthy');
    });
    yield tested('health-turns-healthy-when-ready', {
      predicted: 'starting before, healthy after',
      observed: `${started.health} before, ${ready} after`,
      held: started.health === 'starting' && ready === 'healthy',
    });
    const broken = yield* step('broken', async () => {
      await a.exec('rm ready');
      return { health: await a.health('unhealthy'), facts: await a.inspect() };
    });
    yield tested('unhealthy-container-runs-on', {
      predicted: 'unhealthy, running, 0 restarts',
      observed: `${broken.health}, ${broken.facts.status}, ${broken.facts.restartCount} restarts`,
      held: broken.health === 'unhealthy' && broken.facts.status === 'running' && broken.facts.restartCount === 0,
    });
  },
});
