import type { Image, Volume } from '../sandbox/sandbox.ts';
import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const project = { 'com.docker.compose.project': 'shop' };

export const demo = defineDemo({
  id: 'recreate-like-compose',
  title: 'Apply a changed compose file, as Compose does it on the engine',
  question: {
    text: 'A variable of a service changed in the compose file. Then docker compose restart runs. Which value does the service see?',
    options: ['The new one', 'The old one', 'None'],
    right: 1,
  },
  claims: [
    'project-label-selects-containers',
    'compose-restart-keeps-old-settings',
    'recreated-service-new-settings',
    'recreated-service-keeps-volume',
  ],
  steps: {
    up: 'Run two services of a project, with the labels that Compose gives, and a container of none',
    list: 'List the containers of the project',
    restart: 'Restart a service whose file would now say PRICE=2',
    recreate: 'Remove its container, and run one of the same name with the new value and the same volume',
  },
  async *run({ sandbox, step, tested }) {
    const service = (price: string, image: Image, volume: Volume) =>
      sandbox.run({
        name: 'shop-web-1',
        image,
        labels: { ...project, 'com.docker.compose.service': 'web' },
        environment: { PRICE: price },
        mounts: [{ type: 'volume', volume, path: '/data' }],
      });
    const { web, data, image } = yield* step('up', async () => {
      const app = await sandbox.makeImage({ name: 'shop-web', layers: [{ instruction: 'ENV PRICE=0' }] });
      const volume = await sandbox.volume('shop-data');
      const first = await service('1', app, volume);
      await sandbox.run({ name: 'shop-db-1', labels: { ...project, 'com.docker.compose.service': 'db' } });
      await sandbox.run({ name: 'other' });
      await first.exec('echo order > /data/order');
      return { web: first, data: volume, image: app };
    });
    const names = yield* step('list', async () =>
      (await sandbox.list({ label: 'com.docker.compose.project=shop' })).join(', '),
    );
    yield tested('project-label-selects-containers', exactly('demo-shop-db-1, demo-shop-web-1', names));
    const show = 'echo "PRICE=$PRICE"';
    const restarted = yield* step('restart', async () => {
      await web.restart();
      return web.exec(show);
    });
    yield tested('compose-restart-keeps-old-settings', exactly('PRICE=1', restarted.output));
    const after = yield* step('recreate', async () => {
      await web.remove();
      const container = await service('2', image, data);
      return { id: container.id, price: await container.exec(show), order: await container.exec('cat /data/order') };
    });
    yield tested('recreated-service-new-settings', {
      predicted: 'another container, PRICE=2',
      observed: `${after.id === web.id ? 'the same' : 'another'} container, ${after.price.output}`,
      held: after.id !== web.id && after.price.output === 'PRICE=2',
    });
    yield tested('recreated-service-keeps-volume', exactly('order', after.order.output));
  },
});
