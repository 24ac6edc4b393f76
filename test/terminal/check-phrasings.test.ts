import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkEntry, checkPhrasings } from '../../src/terminal/check-phrasings.ts';
import { createStyle } from '../../src/terminal/terminal.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

const cups = ['a red cup', 'a blue cup', 'a big cup', 'a small cup', 'a tea cup', 'a broken cup', 'the cup of a guest'];
const tea = [
  'brew green tea',
  'brew black tea',
  'brew strong tea',
  'brew weak tea',
  'how long should tea brew',
  'brew tea twice',
];

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  for (const part of ['kitchen', 'phrasings']) await mkdir(join(folder, part));
  await write('brew-tea', 'How do I brew tea?', tea, ['which of the docker containers is a cup']);
  await write('choose-cups', 'Which cup of the docker containers is best?', cups);
  await write('wash-up', 'Who does the washing up?', ['wash the plates', 'the dishes are dirty'], [], true);
});

async function write(id: string, title: string, asks: string[], further: string[] = [], signpost = false) {
  const kind = signpost ? 'signpost: true' : `topic: ${id}`;
  const front = `id: ${id}\ntitle: "${title}"\nchapter: kitchen\n${kind}\nasks: ${JSON.stringify(asks)}\nsources: [https://docs.docker.com/]`;
  await writeFile(join(folder, 'kitchen', `${id}.md`), `---\n${front}\n---\nText.\n`);
  if (further.length > 0) await writeFile(join(folder, 'phrasings', `${id}.txt`), `${further.join('\n')}\n`);
}

function run(command: (terminal: Parameters<typeof checkPhrasings>[1]) => number) {
  const [out, err]: string[][] = [[], []];
  const into = (lines: string[]) =>
    new Writable({
      write: (chunk, _, done) => {
        lines.push(String(chunk));
        done();
      },
    });
  const code = command({
    out: into(out ?? []),
    err: into(err ?? []),
    in: process.stdin,
    style: createStyle(false),
    interactive: false,
  });
  return { code, out: (out ?? []).join(''), err: (err ?? []).join('') };
}

const place = () => ({ folders: [folder], root: folder });

describe('how an entry will fare', () => {
  test('is told by each phrasing that another would win, with its file and line, as a hint', () => {
    for (const wanted of ['brew-tea', 'kitchen/brew-tea.md', 'phrasings/brew-tea.txt']) {
      const { code, out } = run((terminal) => checkEntry(place(), wanted, terminal));
      expect(code).toBe(0);
      expect(out).toMatch(
        /^phrasings\/brew-tea\.txt:1: hint: "which of the docker containers is a cup", left out, would lead to choose-cups\. Ask in more ways/m,
      );
      expect(out).toMatch(
        /^brew-tea: of 7 phrasings, left out, \d+ lead here, \d+ offer it, [1-9]\d* lead elsewhere, \d+ nowhere\.$/m,
      );
    }
  });

  test('is not known of a file with a fault, which is told', async () => {
    await writeFile(join(folder, 'kitchen', 'brew-tea.md'), 'Just text.');
    const { code, out } = run((terminal) => checkEntry(place(), 'brew-tea', terminal));
    expect(code).toBe(1);
    expect(out).toMatch(/brew-tea\.md:1: The front matter is missing/);
  });

  test('is told for all entries, the one that loses most first', () => {
    const { out } = run((terminal) => checkPhrasings(place(), terminal));
    const shares = [...out.matchAll(/^[a-z-]+: of (\d+) .* (\d+) lead elsewhere/gm)].map(
      ([, of, lost]) => Number(lost) / Number(of),
    );
    expect(shares).toHaveLength(3);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(out).toMatch(/^brew-tea: .*\(.*to choose-cups/m);
    expect(out).toMatch(/^All: of 16 phrasings/m);
  });
});
