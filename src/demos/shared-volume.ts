import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'shared-volume',
  title: 'Share one volume between two running containers',
  question: {
    text: 'Two running containers mount one volume. One writes a file. When does the other see it?',
    options: ['At once', 'After its restart', 'Never'],
    right: 0,
  },
  claims: ['inspect-names-volume-and-target', 'shared-volume-live-both-ways'],
  steps: {
    start: 'Two containers mount one volume, at different paths',
    inspect: 'Ask the engine what the first one mounts',
    write: 'Each writes a file, the other reads it',
  },
  async *run({ sandbox, step, tested }) {
    const [volume, a, b] = yield* step('start', async () => {
      const made = await sandbox.volume('shared');
      return [
        made,
        await sandbox.run({ name: 'a', mounts: [{ type: 'volume', volume: made, path: '/data' }] }),
        await sandbox.run({ name: 'b', mounts: [{ type: 'volume', volume: made, path: '/work' }] }),
      ] as const;
    });
    const mount = yield* step('inspect', async () => {
      const found = (await a.inspect()).mounts.find((candidate) => candidate.type === 'volume');
      sandbox.note(
        `${found?.name} at ${found?.path}`,
        "docker inspect --format '{{range .Mounts}}{{.Name}} at {{.Destination}}{{end}}' demo-a",
      );
      return found;
    });
    yield tested('inspect-names-volume-and-target', {
      predicted: `${volume.name} at /data`,
      observed: `${mount?.name} at ${mount?.path}`,
      held: mount?.name === volume.name && mount.path === '/data',
    });
    const [first, second] = yield* step('write', async () => {
      await a.exec('echo from a > /data/a');
      const readByB = await b.exec('cat /work/a');
      await b.exec('echo from b > /work/b');
      return [readByB, await a.exec('cat /data/b')] as const;
    });
    yield tested('shared-volume-live-both-ways', {
      predicted: 'b reads "from a", a reads "from b"',
      observed: `b reads "${first.output}", a reads "${second.output}"`,
      held: first.output === 'from a' && second.output === 'from b',
    });
  },
});
