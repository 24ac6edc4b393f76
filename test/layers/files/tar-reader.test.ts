import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { TarBroken, type TarEntry } from '../../../src/layers/files/tar-header.ts';
import { createTarReader } from '../../../src/layers/files/tar-reader.ts';
import { paxRecord, type TarItem, tarBytes, tarHeader, withChecksum } from './tar-bytes.ts';

interface Read extends TarEntry {
  readonly content: string;
}

function readAll(archive: Buffer, length = archive.length): Read[] {
  const reader = createTarReader();
  const found: Read[] = [];
  let entry: TarEntry | null = null;
  let content: Buffer[] = [];
  for (let offset = 0; offset < archive.length; offset += length) {
    for (const event of reader.read(archive.subarray(offset, offset + length))) {
      if (event.type === 'entry') {
        entry = event.entry;
        content = [];
      } else if (event.type === 'content') content.push(Buffer.from(event.bytes));
      else if (entry) found.push({ ...entry, content: Buffer.concat(content).toString('latin1') });
    }
  }
  reader.finish();
  return found;
}

const one = (item: TarItem) => readAll(tarBytes([item, { path: 'next', content: 'next' }]));

describe('reads', () => {
  test('what another writer writes, in pieces of any size', async () => {
    const archive = pack();
    const long = `${'folder-'.repeat(12)}/${'name-'.repeat(30)}`;
    archive.entry({ name: 'a', size: 3 }, 'abc');
    archive.entry({ name: 'empty' }, '');
    archive.entry({ name: 'd', type: 'directory' });
    archive.entry({ name: 's', type: 'symlink', linkname: 'a' });
    archive.entry({ name: 'l', type: 'link', linkname: 'a' });
    archive.entry({ name: long }, 'deep');
    archive.entry({ name: 'ü', pax: { comment: 'x' } }, 'y'.repeat(1025));
    archive.finalize();
    const bytes = await buffer(archive);
    for (const length of [1, 100, 512, 513, bytes.length]) {
      expect(
        readAll(bytes, length).map(({ name, kind, size, target, content }) => [name, kind, size, target, content]),
      ).toEqual([
        ['a', 'file', 3, '', 'abc'],
        ['empty', 'file', 0, '', ''],
        ['d', 'directory', 0, '', ''],
        ['s', 'symlink', 0, 'a', ''],
        ['l', 'link', 0, 'a', ''],
        [long, 'file', 4, '', 'deep'],
        [Buffer.from('ü').toString('latin1'), 'file', 1025, '', 'y'.repeat(1025)],
      ]);
    }
  });

  test('GNU’s long names and targets, and extended headers, of which the long name wins', () => {
    const path = 'p'.repeat(150);
    expect(one({ path, flag: '2', target: 't'.repeat(150) })[0]).toMatchObject({ name: path, target: 't'.repeat(150) });
    expect(one({ path: 'x', pax: { path: 'new', linkpath: '/to' }, flag: '2', target: 'old' })[0]).toMatchObject({
      name: 'new',
      target: '/to',
    });
    expect(one({ path: 'x', pax: { path: '' } })[0]?.name).toBe('x');
  });

  test('names that are no UTF-8 apart from each other', () => {
    const named = (byte: number) => one({ path: 'x', patch: { 0: Buffer.from([byte]) } })[0]?.name;
    expect(named(0xfe)).not.toBe(named(0xff));
  });

  test('the oldest headers, and those of ustar with a prefix and of star', () => {
    expect(one({ path: 'old', patch: { 257: Buffer.alloc(8) } })[0]).toMatchObject({ name: 'old', kind: 'file' });
    expect(one({ path: 'name', patch: { 345: 'some/folder' } })[0]?.name).toBe('some/folder/name');
    expect(one({ path: 'name', patch: { 345: 'p', 476: '12345678901\0', 508: 'tar\0' } })[0]?.name).toBe('p/name');
    expect(one({ path: 'd/', flag: '\0' })[0]?.kind).toBe('directory');
  });

  test('checksums of writers that added signed bytes', () => {
    const header = tarHeader({ path: 'x', patch: { 1: Buffer.from([0xff]) } });
    const sum = header.reduce(
      (total, byte, index) => total + (index >= 148 && index < 156 ? 32 : (byte << 24) >> 24),
      0,
    );
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(readAll(Buffer.concat([header, Buffer.alloc(1024)]))).toHaveLength(1);
  });

  test('sizes above 8 GiB, in base 256 and in an extended header', () => {
    const reader = createTarReader();
    const sizes = [{ path: 'a', size: 9 * 2 ** 30 }].map((item) => [...reader.read(tarHeader(item))]);
    expect(sizes[0]?.[0]).toMatchObject({ entry: { size: 9 * 2 ** 30 } });
    const extended = createTarReader();
    const bytes = tarBytes([{ path: 'a', pax: { size: String(2 ** 40) } }], false);
    expect([...extended.read(bytes)][0]).toMatchObject({ entry: { size: 2 ** 40 } });
  });

  test('links, directories and devices without bytes, whatever their size says', () => {
    for (const flag of ['1', '2', '3', '4', '5', '6']) {
      expect(one({ path: 'x', flag, size: 512 }).map(({ name }) => name)).toEqual(['x', 'next']);
    }
  });

  test('sparse files with their holes: GNU’s old ones, with a map in blocks of its own, and those of extended headers', () => {
    const map = Buffer.concat([withMore(1), withMore(0)]);
    const old = {
      path: 'x',
      flag: 'S',
      content: 'data',
      patch: { 482: Buffer.from([1]), 483: '00000010000\0' },
      after: map,
    };
    expect(one(old).map(({ name, size, content, sparse }) => [name, size, content, sparse])).toEqual([
      ['x', 4096, 'data', true],
      ['next', 4, 'next', false],
    ]);
    const pax = { 'GNU.sparse.major': '1', 'GNU.sparse.realsize': '1000000', 'GNU.sparse.name': 'real' };
    expect(one({ path: 'x', pax, content: '0\n' })[0]).toMatchObject({ name: 'real', size: 1_000_000, packed: 2 });
    expect(() => one({ path: 'x', pax: { 'GNU.sparse.realsize': String(2 ** 50) } })).toThrow(TarBroken);
  });

  test('nothing behind the blocks that end an archive, as engines do', () => {
    const hidden = Buffer.concat([tarBytes([{ path: 'a' }]), tarBytes([{ path: 'b' }])]);
    expect(readAll(hidden).map(({ name }) => name)).toEqual(['a']);
  });

  test('global headers as if they were not there', () => {
    const records = Buffer.alloc(512);
    paxRecord('path', 'everywhere').copy(records);
    const global = Buffer.concat([
      tarHeader({ path: 'g', flag: 'g', size: paxRecord('path', 'everywhere').length }),
      records,
    ]);
    expect(readAll(Buffer.concat([global, tarBytes([{ path: 'a' }])])).map(({ name }) => name)).toEqual(['a']);
  });
});

describe('refuses', () => {
  test.each<[string, Buffer]>([
    ['a wrong checksum', Buffer.concat([Buffer.from(tarHeader({ path: 'a' })).fill('x', 0, 1), Buffer.alloc(1024)])],
    ['a header behind one block of zeros', Buffer.concat([Buffer.alloc(512), tarBytes([{ path: 'a' }])])],
    ['a size that is no number', tarBytes([{ path: 'a', patch: { 124: '0000000009\0\0' } }])],
    ['a size below zero', tarBytes([{ path: 'a', patch: { 124: Buffer.alloc(12, 0xff) } }])],
    ['a size that is none in an extended header', tarBytes([{ path: 'a', pax: { size: '-1' } }])],
    ['an extended header that lies about its length', brokenRecord('99 path=x\n')],
    ['an extended header without an end', brokenRecord('10 path=xyz')],
    ['an extended header with a length below zero', brokenRecord('-9 path=x\n')],
    ['a name of more than 1 MiB', tarHeader({ path: 'x', flag: 'L', size: 2 ** 20 + 1 })],
    ['an end in a header', tarBytes([{ path: 'a', content: 'abc' }], false).subarray(0, 300)],
    ['an end in a file', tarBytes([{ path: 'a', content: 'abc' }], false).subarray(0, 514)],
    ['an end after a long name', tarHeader({ path: 'x', flag: 'L', size: 4 })],
  ])('%s', (_, archive) => {
    expect(() => readAll(archive)).toThrow(TarBroken);
  });

  test('nothing where only the filling of the last block is missing', () => {
    const archive = tarBytes([{ path: 'a', content: 'abc' }], false);
    expect(readAll(archive.subarray(0, 515))).toHaveLength(1);
  });

  function brokenRecord(record: string): Buffer {
    const content = Buffer.alloc(512);
    content.write(record);
    return Buffer.concat([
      withChecksum(tarHeader({ path: 'x', flag: 'x', size: record.length })),
      content,
      tarBytes([{ path: 'a' }]),
    ]);
  }
});

/** A block of a sparse file's map; the byte says whether another follows. */
function withMore(more: number): Buffer {
  const block = Buffer.alloc(512);
  block[504] = more;
  return block;
}
