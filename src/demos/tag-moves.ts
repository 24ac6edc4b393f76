import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const colour = (name: string) => ({
  instruction: `RUN echo ${name} > /work/colour`,
  files: { '/work/colour': { text: `${name}\n`, owner: 65_534 } },
});

export const demo = defineDemo({
  id: 'tag-moves',
  title: 'Move a tag from one image to another',
  question: {
    text: 'The tag app:latest moves from a blue image to a green one. What has become of the blue image?',
    options: ['It turned green', 'It was deleted', 'It is still there under its id'],
    right: 2,
  },
  claims: ['untagged-image-still-runs', 'tag-moves-id-stays', 'same-name-other-image'],
  steps: {
    blue: 'Make a blue image, tag it app:latest, and run it',
    green: 'Make a green image, and tag it app:latest',
    run: 'Run app:latest again',
    look: 'Look for the blue image by its id, take its last name away, and run it by its id',
  },
  async *run({ sandbox, step, tested }) {
    const read = 'cat /work/colour';
    const [blue, first] = yield* step('blue', async () => {
      const image = await sandbox.makeImage({ name: 'blue', layers: [colour('blue')] });
      const latest = await sandbox.tag(image, 'app:latest');
      const kept = await sandbox.rememberImage(image, 'blue');
      return [kept, await sandbox.runOnce({ name: 'a', image: latest, script: read })] as const;
    });
    const latest = yield* step('green', async () => {
      const image = await sandbox.makeImage({ name: 'green', layers: [colour('green')] });
      await sandbox.tag(image, 'app:latest');
      const found = await sandbox.findImage('app:latest');
      return { id: found?.id ?? '', name: 'demo-app:latest' };
    });
    const second = yield* step('run', () => sandbox.runOnce({ name: 'b', image: latest, script: read }));
    yield tested('same-name-other-image', {
      predicted: 'blue, then green',
      observed: `${first.output}, then ${second.output}`,
      held: first.output === 'blue' && second.output === 'green',
    });
    const [found, byId] = yield* step('look', async () => {
      const image = await sandbox.findImage(blue.id);
      await sandbox.makeImage({ name: 'blue', layers: [colour('violet')] });
      return [image, await sandbox.runOnce({ name: 'c', image: blue, script: read })] as const;
    });
    yield tested('untagged-image-still-runs', exactly('blue', byId.output));
    yield tested('tag-moves-id-stays', {
      predicted: `${blue.id} is there, app:latest is another`,
      observed: `${found?.id ?? 'gone'} is there, app:latest is ${latest.id === blue.id ? 'the same' : 'another'}`,
      held: found?.id === blue.id && latest.id !== blue.id && latest.id !== '',
    });
  },
});
