import { defineDemo } from './catalogue/demo.ts';

const list = 'cd /data && for f in *; do stat -c "%n %u %a" "$f"; cat "$f"; done';

export const demo = defineDemo({
  id: 'volume-backup-restore',
  title: 'Back a volume up, lose it, and restore it',
  question: {
    text: 'A volume is packed into a tar archive, removed, and unpacked into a new volume. What is the same?',
    options: ['Only the content', 'Content, owners and modes', 'Nothing'],
    right: 1,
  },
  claims: ['volume-cloned-by-copy', 'volume-restored-from-tar-equal', 'backup-survives-volume-removal'],
  steps: {
    fill: 'Fill a volume with two files of different modes',
    clone: 'Copy everything into a second volume with cp -a',
    backup: 'Pack the volume into an archive, in a third volume',
    lose: 'Remove the original volume',
    restore: 'Unpack the archive into a new volume, and compare',
  },
  async *run({ sandbox, step, tested }) {
    const at = (volume: Awaited<ReturnType<typeof sandbox.volume>>, path: string) =>
      ({ type: 'volume', volume, path }) as const;
    const [original, before] = yield* step('fill', async () => {
      const volume = await sandbox.volume('original');
      const script = `echo one > /data/one; echo two > /data/two; chmod 600 /data/one; chmod 755 /data/two; ${list}`;
      return [volume, await sandbox.runOnce({ name: 'fill', mounts: [at(volume, '/data')], script })] as const;
    });
    const cloned = yield* step('clone', async () => {
      const clone = await sandbox.volume('clone');
      await sandbox.runOnce({
        name: 'copy',
        mounts: [at(original, '/work'), at(clone, '/data')],
        script: 'cp -a /work/. /data/',
      });
      return sandbox.runOnce({ name: 'compare', mounts: [at(clone, '/data')], script: list });
    });
    const filled = before.output.includes('one 65534 600') && before.output.includes('two 65534 755');
    const flat = (text: string) => text.replaceAll('\n', ', ');
    yield tested('volume-cloned-by-copy', {
      predicted: flat(before.output),
      observed: flat(cloned.output),
      held: filled && cloned.output === before.output,
    });
    const archive = yield* step('backup', async () => {
      const volume = await sandbox.volume('archive');
      await sandbox.runOnce({
        name: 'backup',
        mounts: [at(original, '/data'), at(volume, '/work')],
        script: 'tar -c -f /work/backup.tar -C /data .',
      });
      return volume;
    });
    const gone = yield* step('lose', async () => {
      await original.remove();
      return !(await original.exists());
    });
    const restored = yield* step('restore', async () => {
      const volume = await sandbox.volume('restored');
      const mounts = [at(archive, '/work'), at(volume, '/data')];
      return sandbox.runOnce({ name: 'restore', mounts, script: `tar -x -f /work/backup.tar -C /data && ${list}` });
    });
    yield tested('volume-restored-from-tar-equal', {
      predicted: flat(before.output),
      observed: flat(restored.output),
      held: filled && restored.output === before.output,
    });
    yield tested('backup-survives-volume-removal', {
      predicted: 'original gone, data restored',
      observed: `original ${gone ? 'gone' : 'still there'}, data ${restored.output === before.output ? 'restored' : 'not restored'}`,
      held: filled && gone && restored.output === before.output,
    });
  },
});
