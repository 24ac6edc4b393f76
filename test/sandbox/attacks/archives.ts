import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { writeImage } from '../../../src/sandbox/image-archive.ts';
import { type ArchiveItem, digestOf, makeLayer, writeArchive } from '../../../src/sandbox/layer-archive.ts';
import { loadImage } from '../../../src/sandbox/load-image.ts';
import { engineName } from '../../../src/sandbox/run-context.ts';
import { readSavedImage } from '../../../src/sandbox/saved-image.ts';
import type { Attack, Attempt } from './attack.ts';
import type { Stand } from './stand.ts';

/**
 * Attacks by archives whose links and `..` lead out of where they are unpacked. What stops them is how the engine and
 * this program unpack, which no setting takes away; so the second half of each springs the same trap by hand.
 */
export const archiveAttacks: readonly Attack[] = [
  {
    tries: 'Copy a file of the host out of a container, through a link',
    limit: 'archives',
    locked: copyOut,
    unlocked: async (stand) => {
      const trap = await setTrap(stand);
      await symlink(trap.outside, join(trap.inside, 'link'));
      return { succeeded: (await readFile(join(trap.inside, 'link', 'secret'), 'utf8')) === secret, seen: byHand };
    },
  },
  {
    tries: 'Copy an archive into a container that writes to the host',
    limit: 'archives',
    locked: (stand) => spring(stand, copyIn),
    unlocked: (stand) => spring(stand, unpackByHand),
  },
  {
    tries: 'Load an image with a layer that writes to the host',
    limit: 'archives',
    locked: (stand) => spring(stand, loadLayer),
    unlocked: (stand) => spring(stand, unpackByHand),
  },
  {
    tries: 'Have this program read a saved image that writes to the host',
    limit: 'archives',
    locked: (stand) => spring(stand, readSaved),
    unlocked: (stand) => spring(stand, unpackByHand),
  },
];

const secret = 'a secret of the host';
const byHand = 'by hand, the same trap springs';

/** A folder to unpack in, and one beside it that nothing may reach. */
interface Trap {
  readonly inside: string;
  readonly outside: string;
  readonly items: readonly ArchiveItem[];
}

async function setTrap(stand: Stand): Promise<Trap> {
  const folder = await mkdtemp(join(stand.hostFolder, 'trap-'));
  const [inside, outside] = [join(folder, 'inside'), join(folder, 'outside')];
  await mkdir(inside);
  await mkdir(outside);
  await writeFile(join(outside, 'secret'), secret);
  const content = Buffer.from('escaped');
  const items: ArchiveItem[] = [
    { type: 'symlink', path: 'link', target: outside },
    { type: 'file', path: 'link/through-link', content },
    { type: 'file', path: `${'../'.repeat(16)}${outside.slice(1)}/through-dots`, content },
  ];
  return { inside, outside, items };
}

/** Unpacks the trap in some way, which may refuse it, and looks whether anything came out. */
async function spring(stand: Stand, unpack: (stand: Stand, trap: Trap) => Promise<void>): Promise<Attempt> {
  const trap = await setTrap(stand);
  const refusal = await unpack(stand, trap).then(
    () => 'unpacked, and nothing came out',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const escaped = (await readdir(trap.outside)).filter((name) => name !== 'secret');
  return escaped.length === 0
    ? { succeeded: false, seen: refusal }
    : { succeeded: true, seen: `${byHand}: ${escaped.join(', ')}` };
}

async function copyOut(stand: Stand): Promise<Attempt> {
  const { outside } = await setTrap(stand);
  const script = `ln -s ${'../'.repeat(16)}${outside.slice(1)} /work/link`;
  const container = await stand.create({ loosen: { writableRoot: true }, script });
  await container.start();
  await container.wait();
  const found = await container.getArchive({ path: '/work/link/secret' }).then(
    async (archive) => (await buffer(archive)).toString('latin1'),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  await container.remove({ v: true });
  return { succeeded: found.includes(secret), seen: found.slice(0, 120) };
}

async function copyIn(stand: Stand, { items }: Trap): Promise<void> {
  const container = await stand.create({ loosen: { writableRoot: true } });
  try {
    await container.putArchive(Readable.from([await writeArchive(items)]), { path: '/work' });
  } finally {
    await container.remove({ v: true });
  }
}

async function loadLayer(stand: Stand, { items }: Trap): Promise<void> {
  const { context, engine, facts } = stand;
  const { tar } = await writeImage({
    architecture: facts.architecture,
    name: `${engineName(context, 'trap')}:latest`,
    config: { Labels: context.labels },
    history: [{ instruction: 'COPY trap /', layer: await makeLayer(items) }],
  });
  await loadImage(engine, tar);
}

async function readSaved(_: Stand, { items }: Trap): Promise<void> {
  const content = await writeArchive(items);
  const config = Buffer.from(JSON.stringify({ rootfs: { diff_ids: [digestOf(content)] } }));
  const configFile = `${digestOf(config).slice('sha256:'.length)}.json`;
  const manifest = Buffer.from(JSON.stringify([{ Config: configFile, Layers: ['layer.tar'] }]));
  const archive = await writeArchive([
    { type: 'file', path: 'layer.tar', content },
    { type: 'file', path: configFile, content: config },
    { type: 'file', path: 'manifest.json', content: manifest },
    ...items,
  ]);
  await readSavedImage(Readable.from([archive]));
}

/** What a careless program does: unpack with absolute names and links as they stand. */
async function unpackByHand(_: Stand, { inside, items }: Trap): Promise<void> {
  const archive = join(inside, '..', 'trap.tar');
  await writeFile(archive, await writeArchive(items));
  await promisify(execFile)('tar', ['--extract', '--absolute-names', '--file', archive, '--directory', inside]);
}
