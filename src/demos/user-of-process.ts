import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'user-of-process',
  title: 'Find out as whom an image runs its process',
  question: {
    text: 'A Dockerfile has no USER, and neither has its base. As whom does the process in a container run?',
    options: ['As root', 'As the user who typed docker run', 'As nobody'],
    right: 0,
  },
  claims: [
    'no-user-runs-as-root',
    'user-instruction-sets-user',
    'user-instruction-holds-for-later-runs',
    'user-flag-overrides-image',
  ],
  steps: {
    none: 'Build an image without USER, and ask a container of it for its user id',
    named: 'Build one with USER 1000 and a RUN before and after it, and ask again',
    flag: 'Run a container of that one with --user 2000',
  },
  async *run({ sandbox, step, tested }) {
    const none = yield* step('none', async () => {
      const dockerfile = [
        'FROM base AS tools',
        'FROM scratch',
        'COPY --from=tools /bin /bin',
        'CMD ["/bin/busybox", "id", "-u"]',
      ];
      const image = await sandbox.build({ name: 'plain', dockerfile });
      return sandbox.runOnce({ name: 'a', image, loosen: { imageUser: true, command: {} } });
    });
    yield tested('no-user-runs-as-root', { predicted: '0', observed: none.output, held: none.output === '0' });
    const [image, named] = yield* step('named', async () => {
      const dockerfile = [
        'FROM base',
        'USER 0',
        'RUN echo "before: $(id -u)"',
        'USER 1000',
        'RUN echo "after: $(id -u)"',
        'CMD ["id", "-u"]',
      ];
      const built = await sandbox.build({ name: 'named', dockerfile, cache: false, asRoot: true });
      return [
        built,
        await sandbox.runOnce({ name: 'b', image: built, loosen: { imageUser: true, command: {} } }),
      ] as const;
    });
    yield tested('user-instruction-sets-user', exactly('1000', named.output));
    const runs = image.log.split('\n').filter((line) => /^(before|after): /.test(line));
    yield tested('user-instruction-holds-for-later-runs', exactly('before: 0, after: 1000', runs.join(', ')));
    const flag = yield* step('flag', () =>
      sandbox.runOnce({ name: 'c', image, loosen: { user: '2000', command: {} } }),
    );
    yield tested('user-flag-overrides-image', exactly('2000', flag.output));
  },
});
