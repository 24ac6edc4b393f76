import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'health-check-missing-tool',
  title: 'Check the health of a container with a tool that it lacks',
  question: {
    text: 'A health check calls curl. The application works, but the image has no curl. What is the health?',
    options: ['healthy', 'unhealthy', 'none'],
    right: 1,
  },
  claims: ['health-check-without-tool-unhealthy', 'health-log-says-why', 'health-check-none-switches-off'],
  steps: {
    run: 'Run a container of an image whose health check calls curl, and wait for its health',
    why: 'Read what the check printed, and ask the application itself',
    none: 'Run one of an image on top of it that says HEALTHCHECK NONE',
  },
  dockerOnly: {
    'health-check-without-tool-unhealthy': 'leaves the times of health checks to systemd',
    'health-log-says-why': 'leaves the times of health checks to systemd',
    'health-check-none-switches-off': 'builds images whose format has no health checks',
  },
  async *run({ sandbox, step, tested }) {
    const command = 'curl --fail http://127.0.0.1:8080/';
    const check = {
      instruction: `HEALTHCHECK --interval=100ms --retries=1 CMD ${command}`,
      sets: { health: { command, interval: 100, retries: 1 } },
    };
    const [checked, a, health] = yield* step('run', async () => {
      const image = await sandbox.makeImage({ name: 'app', layers: [check] });
      const container = await sandbox.run({ name: 'a', image });
      return [image, container, await container.health('unhealthy')] as const;
    });
    const [why, works] = yield* step('why', async () => [await a.lastProbe(), await a.exec('echo it works')] as const);
    yield tested('health-check-without-tool-unhealthy', {
      predicted: 'unhealthy, and it works',
      observed: `${health}, and ${works.output}`,
      held: health === 'unhealthy' && works.output === 'it works',
    });
    yield tested('health-log-says-why', {
      predicted: 'curl: not found',
      observed: why,
      held: /curl: not found/.test(why),
    });
    const quiet = yield* step('none', async () => {
      const none = { instruction: 'HEALTHCHECK NONE', sets: { health: 'none' } } as const;
      const image = await sandbox.makeImage({ name: 'quiet', from: checked, layers: [none] });
      const container = await sandbox.run({ name: 'b', image });
      return container.health();
    });
    yield tested('health-check-none-switches-off', { predicted: 'none', observed: quiet, held: quiet === 'none' });
  },
});
