import type { Sandbox } from '../sandbox/sandbox.ts';
import { defineDemo } from './catalogue/demo.ts';
import { either } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'anonymous-volume',
  title: 'Leave anonymous volumes behind, and take them along',
  question: {
    text: 'A container with an anonymous volume is removed with docker rm. What becomes of the volume?',
    options: ['It is removed too', 'It stays, and nobody uses it', 'The next container gets it'],
    right: 1,
  },
  claims: [
    'anonymous-volume-random-hex-name',
    'anonymous-volume-new-per-container',
    'anonymous-volume-not-found-again',
    'rm-leaves-anonymous-volume-behind',
    'rm-volumes-flag-drops-anonymous',
    'rm-volumes-flag-spares-named',
    'used-volume-refuses-removal',
    'volume-removable-after-container',
  ],
  steps: {
    first: 'Run a container with an anonymous volume and write a file to it',
    second: 'Run a second one the same way, and look for the file',
    declared: 'Run two containers, one after the other, of an image that declares a volume, and look for both volumes',
    plain: 'Remove the first container, look for its volume, and remove that too',
    flag: 'Remove the second one with its anonymous volumes, and look again',
    named: 'Give a stopped container a named volume, and try to remove the volume, also by force',
    free: 'Remove that container with --volumes, and try again',
  },
  async *run({ sandbox, step, tested }) {
    const mounts = [{ type: 'anonymous', path: '/data' }] as const;
    const [a, volumeA] = yield* step('first', async () => {
      const container = await sandbox.run({ name: 'a', mounts });
      await container.exec('echo mine > /data/file');
      return [container, await sandbox.anonymousVolume(container, '/data')] as const;
    });
    yield tested('anonymous-volume-random-hex-name', {
      predicted: '64 hexadecimal characters',
      observed: volumeA.name,
      held: /^[0-9a-f]{64}$/.test(volumeA.name),
    });
    const [b, volumeB, seen] = yield* step('second', async () => {
      const container = await sandbox.run({ name: 'b', mounts });
      const result = await container.exec('cat /data/file');
      return [container, await sandbox.anonymousVolume(container, '/data'), result] as const;
    });
    const another = {
      predicted: 'another volume, no such file',
      observed: `${volumeA.name === volumeB.name ? 'the same volume' : 'another volume'}, ${seen.output}`,
      held: volumeA.name !== volumeB.name && seen.exitCode !== 0,
    };
    yield tested('anonymous-volume-new-per-container', another);
    const [old, written, renewed] = yield* step('declared', () => replaceDeclared(sandbox));
    yield tested('anonymous-volume-not-found-again', {
      predicted: '1 file before, 0 files in another volume after, the old one still there',
      observed: `${written.output} file before, ${renewed.output} files in ${old.other ? 'another' : 'the same'} volume after, the old one ${old.exists ? 'still there' : 'gone'}`,
      held: written.output === '1' && renewed.output === '0' && old.other && old.exists,
    });
    const stays = yield* step('plain', async () => {
      await a.remove();
      const exists = await volumeA.exists();
      await volumeA.remove();
      return exists;
    });
    yield tested('rm-leaves-anonymous-volume-behind', either(stays, 'still there', 'gone'));
    const gone = yield* step('flag', async () => {
      await b.remove({ volumes: true });
      return !(await volumeB.exists());
    });
    yield tested('rm-volumes-flag-drops-anonymous', either(gone, 'gone', 'still there'));

    const [c, named, refusals] = yield* step('named', async () => {
      const volume = await sandbox.volume('named');
      const container = await sandbox.create({ name: 'c', mounts: [{ type: 'volume', volume, path: '/data' }] });
      return [container, volume, [await volume.tryRemove(), await volume.tryRemove({ force: true })]] as const;
    });
    yield tested('used-volume-refuses-removal', {
      predicted: 'volume is in use; with --force: volume is in use',
      observed: refusals.map(inShort).join('; with --force: '),
      held: refusals.every((refusal) => refusal !== null && /in use|being used/.test(refusal)),
    });
    const [spared, second] = yield* step('free', async () => {
      await c.remove({ volumes: true });
      return [await named.exists(), await named.tryRemove()] as const;
    });
    yield tested('rm-volumes-flag-spares-named', either(spared, 'still there', 'gone'));
    yield tested('volume-removable-after-container', either(second === null, 'removed', `refused: ${second}`));
  },
});

/** Runs two containers, one after the other, of an image that declares a volume. */
async function replaceDeclared(sandbox: Sandbox) {
  const image = await sandbox.build({ name: 'declares', dockerfile: ['FROM base', 'VOLUME /data'] });
  const before = await sandbox.run({ name: 'd', image });
  const file = await before.exec('echo old > /data/file; ls /data | wc -l');
  const volume = await sandbox.anonymousVolume(before, '/data');
  await before.remove();
  const after = await sandbox.run({ name: 'e', image });
  const listed = await after.exec('ls /data | wc -l');
  const other = (await sandbox.anonymousVolume(after, '/data')).name !== volume.name;
  const exists = await volume.exists();
  await volume.remove();
  return [{ exists, other }, file, listed] as const;
}

function inShort(refusal: string | null): string {
  return refusal === null ? 'removed' : (/volume is in use|volume is being used/.exec(refusal)?.[0] ?? refusal);
}
