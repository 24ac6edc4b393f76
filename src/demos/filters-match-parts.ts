import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'filters-match-parts',
  title: 'Choose containers by name and by image',
  question: {
    text: 'Containers test-1 and latest-db exist. Which does docker ps --filter name=test list?',
    options: ['test-1', 'Both', 'Neither: the name is not exact'],
    right: 1,
  },
  claims: ['name-filter-matches-parts', 'name-filter-anchored', 'ancestor-filter-takes-descendants'],
  steps: {
    make: 'Create a container named test-1 and one named latest-db',
    name: 'List those whose name has "test" in it, then those whose name starts with it',
    ancestor: 'Commit test-1 to an image, run a container of that, and list the containers of the first image',
  },
  async *run({ sandbox, step, tested }) {
    const [image, test] = yield* step('make', async () => {
      const app = await sandbox.makeImage({
        name: 'app:1',
        layers: [{ instruction: 'RUN echo 1 > /home/demo/version', files: { '/home/demo/version': { text: '1\n' } } }],
      });
      const first = await sandbox.create({ name: 'test-1', image: app });
      await sandbox.create({ name: 'latest-db' });
      return [app, first] as const;
    });
    const [parts, anchored] = yield* step(
      'name',
      async () =>
        [
          (await sandbox.list({ nameHas: 'test' })).join(', '),
          (await sandbox.list({ nameStarts: 'test-' })).join(', '),
        ] as const,
    );
    yield tested('name-filter-matches-parts', exactly('demo-latest-db, demo-test-1', parts));
    yield tested('name-filter-anchored', exactly('demo-test-1', anchored));
    const descendants = yield* step('ancestor', async () => {
      const child = await test.commit('app:2');
      await sandbox.create({ name: 'newer', image: child });
      return (await sandbox.list({ ancestor: image })).join(', ');
    });
    yield tested('ancestor-filter-takes-descendants', exactly('demo-newer, demo-test-1', descendants));
  },
});
