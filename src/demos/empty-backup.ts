import { defineDemo } from './catalogue/demo.ts';
import { either } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'empty-backup',
  title: 'Back up a volume whose name is mistyped',
  question: {
    text: 'A backup command mounts a volume by a mistyped name and packs it with tar. What happens?',
    options: ['docker says that there is no such volume', 'tar fails', 'It works, and the archive is empty'],
    right: 2,
  },
  claims: ['mistyped-volume-makes-empty-archive', 'archive-list-shows-empty-backup', 'volume-inspect-notices-typo'],
  steps: {
    fill: 'Fill a volume with a file',
    inspect: 'Ask for a volume by a name with a typo',
    backup: 'Pack the volume of the mistyped name into an archive, and look whether that succeeded',
    list: 'List the archive, and one of the right volume',
  },
  async *run({ sandbox, step, tested }) {
    const [data, archives] = yield* step('fill', async () => {
      const volumes = [await sandbox.volume('data'), await sandbox.volume('archives')] as const;
      const writer = await sandbox.run({
        name: 'writer',
        mounts: [{ type: 'volume', volume: volumes[0], path: '/data' }],
      });
      await writer.exec('echo precious > /data/orders');
      return volumes;
    });
    const mistyped = sandbox.unmadeVolume('dta');
    const known = yield* step('inspect', () => mistyped.exists());
    yield tested('volume-inspect-notices-typo', either(!known, 'no such volume', 'the volume exists'));
    const packer = yield* step('backup', async () => {
      const container = await sandbox.run({
        name: 'backup',
        mounts: [
          { type: 'volume', volume: data, path: '/data', readOnly: true },
          { type: 'volume', volume: mistyped, path: '/wrong', readOnly: true },
          { type: 'volume', volume: archives, path: '/work' },
        ],
      });
      return {
        container,
        made: await mistyped.exists(),
        packed: await container.exec('tar -c -f wrong.tar -C /wrong .'),
      };
    });
    const [wrong, right] = yield* step('list', async () => {
      const { container } = packer;
      const listed = await container.exec('tar -t -f wrong.tar');
      const other = await container.exec('tar -c -f right.tar -C /data . && tar -t -f right.tar');
      return [listed.output, other.output] as const;
    });
    const flat = (list: string) => list.replaceAll('\n', ' ');
    yield tested('mistyped-volume-makes-empty-archive', {
      predicted: 'a new volume, exit status 0, archive: ./',
      observed: `${packer.made ? 'a new volume' : 'no volume'}, exit status ${packer.packed.exitCode}, archive: ${flat(wrong)}`,
      held: !known && packer.made && packer.packed.exitCode === 0 && wrong === './',
    });
    yield tested('archive-list-shows-empty-backup', {
      predicted: './ without files, and ./ ./orders of the right volume',
      observed: `${flat(wrong)} ${wrong.includes('orders') ? 'with' : 'without'} files, and ${flat(right)} of the right volume`,
      held: !wrong.includes('orders') && right.split('\n').sort().join(' ') === './ ./orders',
    });
  },
});
