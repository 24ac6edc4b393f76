import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const greeting = 'hello from the packaged library';

export const demo = defineDemo({
  id: 'package-and-ship',
  title: 'Package an application, ship it as one file, run it again',
  question: {
    text: 'An image is saved to a file, removed from the engine, and loaded back. Which id does it have?',
    options: ['The same', 'A new one', 'None until it is tagged'],
    right: 0,
  },
  claims: ['missing-dependency-fails', 'image-brings-its-dependency', 'load-restores-same-image', 'loaded-image-runs'],
  steps: {
    bare: 'Run an application in an image that lacks its library',
    whole: 'Run it in an image that has the library',
    ship: 'Save that image to a file, remove it, and load the file',
    run: 'Run the loaded image',
  },
  async *run({ sandbox, step, tested }) {
    const app = { '/work/app.sh': { text: '. /work/library.sh && greet\n', owner: 65_534 } };
    const appLayer = { instruction: `RUN echo '. /work/library.sh && greet' > /work/app.sh`, files: app };
    const library = { '/work/library.sh': { text: `greet() { echo "${greeting}"; }\n`, owner: 65_534 } };
    const libraryLayer = {
      instruction: `RUN echo 'greet() { echo "${greeting}"; }' > /work/library.sh`,
      files: library,
    };
    const script = 'sh /work/app.sh';

    const bare = yield* step('bare', async () => {
      const image = await sandbox.makeImage({ name: 'bare', layers: [appLayer] });
      return sandbox.runOnce({ name: 'a', image, script });
    });
    yield tested('missing-dependency-fails', {
      predicted: 'it fails: the library is missing',
      observed: bare.output,
      held: bare.exitCode !== 0 && bare.output.includes('library.sh'),
    });
    const [image, whole] = yield* step('whole', async () => {
      const made = await sandbox.makeImage({ name: 'whole', layers: [appLayer, libraryLayer] });
      return [made, await sandbox.runOnce({ name: 'b', image: made, script })] as const;
    });
    yield tested('image-brings-its-dependency', exactly(greeting, whole.output));
    const shipped = yield* step('ship', () => sandbox.saveRemoveLoad(image));
    yield tested('load-restores-same-image', {
      predicted: `gone, then ${image.id}`,
      observed: `${shipped.goneBetween ? 'gone' : 'not gone'}, then ${shipped.image.id}`,
      held: shipped.goneBetween && shipped.image.id === image.id,
    });
    const again = yield* step('run', () => sandbox.runOnce({ name: 'c', image: shipped.image, script }));
    yield tested('loaded-image-runs', { predicted: greeting, observed: again.output, held: again.output === greeting });
  },
});
