import { defineDemo } from './catalogue/demo.ts';

const bytes = 2_000_000;
const make = `RUN head -c ${bytes} /dev/zero > /data/large`;

export const demo = defineDemo({
  id: 'chown-copies-layer',
  title: 'Change the owner of files in a RUN of its own',
  question: {
    text: 'An image has a file of 2 MB. Then a RUN chown changes only its owner. How much larger is the image?',
    options: ['Not at all', 'A few bytes', '2 MB'],
    right: 2,
  },
  claims: ['chown-in-own-run-copies-files', 'copy-chown-adds-no-copy'],
  steps: {
    chown: 'Make a large file in one RUN, change its owner in the next, and read the history',
    flag: 'Copy the same file with its owner by COPY --chown, and read the history',
  },
  async *run({ sandbox, step, tested }) {
    const sizes = async (name: string, dockerfile: readonly string[]) => {
      const rows = await sandbox.history(await sandbox.build({ name, dockerfile, asRoot: true }));
      return rows.filter((row) => row.size >= bytes && !row.createdBy.includes('busybox'));
    };
    const told = (rows: Awaited<ReturnType<typeof sizes>>) =>
      `${rows.length} layers of 2 MB or more, the newest by ${/chown|head|COPY/.exec(rows[0]?.createdBy ?? '')?.[0] ?? 'none'}`;
    const twice = yield* step('chown', () =>
      sizes('twice', ['FROM base', 'USER 0', make, 'RUN chown 1000 /data/large']),
    );
    yield tested('chown-in-own-run-copies-files', {
      predicted: '2 layers of 2 MB or more, the newest by chown',
      observed: told(twice),
      held: twice.length === 2 && twice[0]?.createdBy.includes('chown') === true,
    });
    const once = yield* step('flag', () =>
      sizes('once', [
        'FROM base AS made',
        'USER 0',
        make,
        'FROM base',
        'COPY --from=made --chown=1000 /data/large /data/large',
      ]),
    );
    yield tested('copy-chown-adds-no-copy', {
      predicted: '1 layers of 2 MB or more, the newest by COPY',
      observed: told(once),
      held: once.length === 1,
    });
  },
});
