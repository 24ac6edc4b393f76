import { defineDemo } from './catalogue/demo.ts';

const install = 'RUN cat /work/deps > /work/installed';
const depsFirst = ['FROM base', 'COPY deps /work/deps', install, 'COPY source /work/source'];
const allAtOnce = ['FROM base', 'COPY . /work/', install];

/** The step that a builder's log shows as taken from its cache follows its instruction. */
function cachedInstall(log: string): boolean {
  const lines = log.split('\n').map((line) => line.trim());
  const at = lines.findIndex((line) => line.includes(install));
  return at >= 0 && lines[at + 1]?.includes('Using cache') === true;
}

export const demo = defineDemo({
  id: 'build-cache-order',
  title: 'Change the sources, and see what the build runs again',
  question: {
    text: 'A Dockerfile copies the dependency list, installs, then copies the sources. You change the sources. What happens to the installation?',
    options: ['It runs again', 'It comes from the cache', 'It is skipped'],
    right: 1,
  },
  claims: [
    'dependencies-first-stay-cached',
    'sources-first-reinstall',
    'touch-keeps-cache',
    'cache-stops-at-first-change',
  ],
  steps: {
    good: 'Dependencies first: build, change the sources, build again',
    bad: 'Everything at once: build, change the sources, build again',
    same: 'Build the first one again with nothing changed',
  },
  async *run({ sandbox, step, tested }) {
    const build = (name: string, dockerfile: readonly string[], source: string) =>
      sandbox.build({ name, dockerfile, context: { deps: 'library 1.0\n', source: `${source}\n` } });
    const words = (log: string) => (cachedInstall(log) ? 'taken from the cache' : 'run again');

    const good = yield* step(
      'good',
      async () => [await build('good', depsFirst, 'one'), await build('good', depsFirst, 'two')] as const,
    );
    yield tested('dependencies-first-stay-cached', {
      predicted: 'first run, then taken from the cache',
      observed: `first ${cachedInstall(good[0].log) ? 'taken from the cache' : 'run'}, then ${words(good[1].log)}`,
      held: !cachedInstall(good[0].log) && cachedInstall(good[1].log),
    });
    const bad = yield* step(
      'bad',
      async () => [await build('bad', allAtOnce, 'one'), await build('bad', allAtOnce, 'two')] as const,
    );
    yield tested('sources-first-reinstall', {
      predicted: 'run again',
      observed: words(bad[1].log),
      held: bad[1].log.includes(install) && !cachedInstall(bad[1].log),
    });
    const same = yield* step('same', () => build('good', depsFirst, 'two'));
    yield tested('touch-keeps-cache', {
      predicted: 'every instruction from the cache',
      observed: `${same.cached} from the cache, ${good[1].cached} in the build before`,
      held: same.cached === good[1].cached + 1,
    });
    yield tested('cache-stops-at-first-change', {
      predicted: 'more from the cache with the dependencies first',
      observed: `${good[1].cached} against ${bad[1].cached}`,
      held: good[1].cached > bad[1].cached,
    });
  },
});
