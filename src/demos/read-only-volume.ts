import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'read-only-volume',
  title: 'Mount a volume read-only',
  question: {
    text: 'Root in a container writes to a volume that is mounted read-only. What happens?',
    options: ['It works, for root', 'It fails', 'It works until the container stops'],
    right: 1,
  },
  claims: ['ro-mount-rejects-write', 'ro-mount-follows-writer'],
  steps: {
    start: 'One container mounts the volume to write, another read-only and as root',
    refuse: 'Write in the read-only one',
    follow: 'Write in the first, and read in the other',
  },
  async *run({ sandbox, step, tested }) {
    const [writer, reader] = yield* step('start', async () => {
      const volume = await sandbox.volume('data');
      return [
        await sandbox.run({ name: 'writer', mounts: [{ type: 'volume', volume, path: '/data' }] }),
        await sandbox.run({
          name: 'reader',
          mounts: [{ type: 'volume', volume, path: '/data', readOnly: true }],
          loosen: { user: '0' },
        }),
      ] as const;
    });
    const refused = yield* step('refuse', () => reader.exec('echo x > /data/file'));
    yield tested('ro-mount-rejects-write', {
      predicted: 'Read-only file system',
      observed: refused.output,
      held: refused.exitCode !== 0 && refused.output.includes('Read-only file system'),
    });
    const read = yield* step('follow', async () => {
      await writer.exec('echo news > /data/news');
      return reader.exec('cat /data/news');
    });
    yield tested('ro-mount-follows-writer', { predicted: 'news', observed: read.output, held: read.output === 'news' });
  },
});
