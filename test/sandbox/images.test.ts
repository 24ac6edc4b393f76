import { expect, test } from 'vitest';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

test('an image of layers holds what they add and not what they delete', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const image = await sandbox.makeImage({
    name: 'i',
    layers: [
      {
        instruction: 'RUN echo one > /work/one && echo two > /work/two',
        files: { '/work/one': { text: 'one\n' }, '/work/two': { text: 'two\n' } },
      },
      { instruction: 'ENV COLOUR=blue' },
      { instruction: 'RUN rm /work/two', deletes: ['/work/two'] },
    ],
  });
  const facts = await sandbox.inspectImage(image);
  const base = await sandbox.inspectImage(sandbox.baseImage);
  expect(facts.layers).toHaveLength(base.layers.length + 2);
  expect(facts.layers.slice(0, base.layers.length)).toEqual(base.layers);
  expect((await sandbox.history(image)).slice(0, 3).map((row) => row.createdBy)).toEqual([
    'RUN rm /work/two',
    'ENV COLOUR=blue',
    'RUN echo one > /work/one && echo two > /work/two',
  ]);
  expect((await sandbox.runOnce({ name: 'a', image, script: 'ls /work' })).output).toBe('one');
  const saved = await sandbox.save(image);
  expect(saved.layers.at(-1)?.paths).toContain('work/.wh.two');
  expect(saved.layers.at(-2)?.texts['work/two']).toBe('two\n');
});

test('a name that moves leaves the image behind it as it was', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const make = (name: string, text: string) =>
    sandbox.makeImage({
      name,
      layers: [{ instruction: `RUN echo ${text} > /work/v`, files: { '/work/v': { text } } }],
    });
  const [one, two] = [await make('one:1', 'one'), await make('two:1', 'two')];
  await sandbox.tag(one, 'app:latest');
  await sandbox.tag(two, 'app:latest');
  expect((await sandbox.findImage('app:latest'))?.id).toBe(two.id);
  expect((await sandbox.findImage(one.id))?.id).toBe(one.id);
  expect(await sandbox.findImage('app:missing')).toBeNull();
});

test('a build tells which instructions came from its cache, and its own errors', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const build = (text: string) =>
    sandbox.build({
      name: 'b',
      dockerfile: ['FROM base', 'COPY deps /work/deps', 'RUN cat deps > installed', 'COPY src /work/src'],
      context: { deps: 'a', src: text },
    });
  const first = await build('one');
  const second = await build('two');
  expect(first.cached).toBe(0);
  expect(second.cached).toBe(3);
  await expect(sandbox.build({ name: 'c', dockerfile: ['FROM base', 'RUN exit 3'] })).rejects.toMatchObject({
    code: 'engine-refused',
    message: expect.stringContaining('3'),
  });
});

test('a saved, removed and loaded image is the same image', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const image = await sandbox.makeImage({
    name: 'i',
    layers: [{ instruction: 'RUN echo hi > /work/a', files: { '/work/a': { text: 'hi' } } }],
  });
  const loaded = await sandbox.saveRemoveLoad(image);
  expect(loaded).toMatchObject({ goneBetween: true, image: { id: image.id } });
  expect((await sandbox.runOnce({ name: 'a', image: loaded.image, script: 'cat /work/a' })).output).toBe('hi');
});
