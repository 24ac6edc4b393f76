import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const ownedLayers = [
  { instruction: 'USER 0:0' },
  {
    instruction: 'RUN mkdir /app && echo x > /app/keep && chown -R 1000:1000 /app',
    files: { '/app/keep': { text: 'x\n', owner: 1000 } },
    owners: { '/app': 1000 },
  },
] as const;

export const demo = defineDemo({
  id: 'volume-permissions',
  title: 'Write to volumes as another user than root',
  question: {
    text: 'A new volume is mounted at a path that the image does not have. Can a process with user id 1000 write to it?',
    options: ['Yes', 'No, it belongs to root', 'Only after a restart'],
    right: 1,
  },
  claims: [
    'fresh-volume-root-owned',
    'nonroot-denied-on-root-mount',
    'volume-inherits-image-dir-owner',
    'user-flag-sets-file-owner',
    'mount-owner-is-numeric',
  ],
  steps: {
    fresh: 'Mount a new volume where the image has nothing, as user 1000',
    image: 'Mount a new volume over a directory that belongs to user 1000 in the image',
    other: 'Look at the new file from a container of another image, which has no such user',
  },
  dockerOnly: {
    'fresh-volume-root-owned': "gives a new volume to the container's user",
    'nonroot-denied-on-root-mount': "gives a new volume to the container's user",
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { user: '1000' } as const;
    const look = 'exec 2>&1; stat -c "%u %a" /new; echo x > /new/file';
    const fresh = yield* step('fresh', async () => {
      const volume = await sandbox.volume('fresh');
      return sandbox.runOnce({ name: 'a', loosen, mounts: [{ type: 'volume', volume, path: '/new' }], script: look });
    });
    const denied = fresh.exitCode !== 0 && fresh.output.includes('Permission denied');
    const observed = fresh.output.replaceAll('\n', ', ');
    yield tested('fresh-volume-root-owned', {
      predicted: 'owner 0, Permission denied',
      observed,
      held: fresh.output.startsWith('0 ') && denied,
    });
    yield tested('nonroot-denied-on-root-mount', {
      predicted: 'mode 755, Permission denied',
      observed,
      held: fresh.output.startsWith('0 755') && denied,
    });
    const [volume, owned] = yield* step('image', async () => {
      const image = await sandbox.makeImage({ name: 'owned', layers: ownedLayers });
      const made = await sandbox.volume('owned');
      const script = 'stat -c %u /app; echo mine > /app/file && stat -c "%u %g" /app/file';
      const mounts = [{ type: 'volume', volume: made, path: '/app' }] as const;
      return [made, await sandbox.runOnce({ name: 'b', image, loosen, mounts, script })] as const;
    });
    const lines = owned.output.split('\n');
    yield tested('volume-inherits-image-dir-owner', {
      predicted: '1000',
      observed: lines[0] ?? '',
      held: lines[0] === '1000',
    });
    yield tested('user-flag-sets-file-owner', {
      predicted: '1000 1000',
      observed: lines[1] ?? '',
      held: lines[1] === '1000 1000',
    });
    const other = yield* step('other', () =>
      sandbox.runOnce({
        name: 'c',
        loosen: { user: '2000' },
        mounts: [{ type: 'volume', volume, path: '/data' }],
        script: 'stat -c "%u %U" /data/file',
      }),
    );
    yield tested('mount-owner-is-numeric', exactly('1000 UNKNOWN', other.output));
  },
});
