import { describe, expect, test } from 'vitest';
import { type DemoContext, defineDemo } from '../../src/demos/catalogue/demo.ts';
import { findDemos } from '../../src/demos/catalogue/find-demos.ts';
import { planDemo } from '../../src/demos/catalogue/plan-demo.ts';

function demoThat(act: (context: DemoContext<'only', 'some-claim'>['sandbox']) => Promise<unknown>) {
  return defineDemo({
    id: 'made-up',
    title: 'A demo made up',
    question: { text: 'What comes out?', options: ['This', 'That'], right: 0 },
    claims: ['some-claim'],
    steps: { only: 'The only step' },
    async *run({ sandbox, step, tested }) {
      yield* step('only', () => act(sandbox));
      yield tested('some-claim', { predicted: '', observed: '', held: true });
    },
  });
}

describe('what a demo begins with', () => {
  test('is every object that it makes before it looks at one', async () => {
    const { calls } = await planDemo(
      demoThat(async (sandbox) => {
        const image = await sandbox.makeImage({ name: 'app', layers: [] });
        const volume = await sandbox.volume('data');
        const mounts = [{ type: 'volume' as const, volume, path: '/data' }];
        const container = await sandbox.run({ name: 'a', image, mounts });
        await container.exec('true');
        await sandbox.run({ name: 'b' });
      }),
    );
    expect(calls).toEqual([
      { kind: 'image', spec: { name: 'app', layers: [] }, from: null },
      { kind: 'volume', name: 'data' },
      { kind: 'run', spec: { name: 'a' }, image: 0, mounts: [{ type: 'volume', volume: 1, path: '/data' }] },
    ]);
  });

  test('ends before a container that runs a script, whose output belongs to the run', async () => {
    const { calls } = await planDemo(
      demoThat(async (sandbox) => {
        await sandbox.volume('data');
        await sandbox.run({ name: 'a', script: 'date' });
      }),
    );
    expect(calls).toEqual([{ kind: 'volume', name: 'data' }]);
  });

  test('is nothing for a demo that looks first, builds first, or breaks', async () => {
    for (const act of [
      demoThat(async (sandbox) => sandbox.inspectImage(sandbox.baseImage)),
      demoThat(async (sandbox) => sandbox.build({ name: 'app', dockerfile: ['FROM base'] })),
      demoThat(async () => {
        throw new Error('broken');
      }),
    ]) {
      expect((await planDemo(act)).calls).toEqual([]);
    }
  });

  test('can be told for every demo of the catalogue without an engine', async () => {
    const demos = await findDemos(new URL('../../src/demos/', import.meta.url));
    const openings = await Promise.all([...demos.values()].map(planDemo));
    expect(openings.map(({ demo }) => demo)).toEqual([...demos.keys()]);
    expect(openings.filter(({ calls }) => calls.length > 0).length).toBeGreaterThan(demos.size / 2);
  });
});
