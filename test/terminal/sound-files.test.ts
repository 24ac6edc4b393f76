import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import type { DemoCatalogue } from '../../src/demos/catalogue/find-demos.ts';
import { parseBook } from '../../src/knowledge/load-book.ts';
import { readKnowledge } from '../../src/knowledge/read-knowledge.ts';
import { check } from '../../src/terminal/check-command.ts';
import { openSoundFiles } from '../../src/terminal/sound-files.ts';
import { createStyle } from '../../src/terminal/terminal.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

let root: string;
let models: string;
beforeEach(async () => {
  root = await temporaryFolder();
  models = join(root, 'models');
  await mkdir(join(root, 'knowledge/tea'), { recursive: true });
  await cp(join(projectFolder, 'knowledge/rules'), join(root, 'knowledge/rules'), { recursive: true });
  await writeFile(
    join(root, 'knowledge/outline.yaml'),
    'chapters: { tea: Tea }\nstatements: {}\ntopics: { tea: Tea }\n',
  );
  await write('brew-tea', 'How do I brew tea?', 'With water.');
  await write('keep-tea', 'How do I keep tea?', 'In a jar.');
});

const fileOf = (id: string): string => join(root, 'knowledge/tea', `${id}.md`);

async function write(id: string, title: string, body: string, field = ''): Promise<void> {
  const front = `id: ${id}\ntitle: "${title}"\nchapter: tea\ntopic: tea\nasks: ["${title} please"]\nchecked: 2026-11`;
  await writeFile(fileOf(id), `---\n${front}\nsources: [https://docs.docker.com/]\n${field}---\n${body}\n`);
}

/** What `check` prints of the book; the coverage table, which this one has none of, left out. */
async function checked(demos: DemoCatalogue = new Map()): Promise<string> {
  const [input, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const place = { folders: [join(root, 'knowledge')], root, models: { path: models, tell: () => undefined } };
  const terminal = { in: input, out, err, style: createStyle(false), interactive: false, columns: 100 };
  await check({ place, demos, projectFolder: root, now: new Date('2026-12-01') }, terminal);
  out.end();
  const lines = (await text(out)).split('\n');
  return lines.filter((line) => !line.includes('source-coverage') && !/^\d+ faults?/.test(line)).join('\n');
}

/** The entries that would not be read again. */
function remembered(rules: readonly string[]): string[] {
  const sound = openSoundFiles({ path: models, tell: () => undefined }, rules);
  const { files } = parseBook(readKnowledge([join(root, 'knowledge')]), root, [], sound.read);
  return files.filter(sound.recalled).map(({ entry }) => entry?.id ?? '');
}

const ruleTexts = (): Promise<string[]> =>
  Promise.all(
    ['destroying-commands', 'version-words', 'example-images', 'end-of-life'].map((name) =>
      readFile(join(root, 'knowledge/rules', `${name}.yaml`), 'utf8'),
    ),
  );

describe('check, run again', () => {
  test('reads no file again that was sound, and of a changed book only what changed', async () => {
    await checked();
    expect(remembered(await ruleTexts())).toEqual(['brew-tea', 'keep-tea']);
    await appendFile(fileOf('brew-tea'), 'Or milk.\n');
    expect(remembered(await ruleTexts())).toEqual(['keep-tea']);
  });

  test.each([
    ['of the file', '<b>With water.</b>'],
    ['by the rules', 'Run:\n\n```sh\ndocker volume rm tea\n```'],
  ])('tells a fault %s each time, and one that is new', async (_, body) => {
    await checked();
    await write('brew-tea', 'How do I brew tea?', body);
    const told = await checked();
    expect(told).toContain('knowledge/tea/brew-tea.md:');
    expect(await checked()).toBe(told);
    expect(remembered(await ruleTexts())).toEqual(['keep-tea']);
  });

  test('tells a fault that came with other rules, though the entry is the same', async () => {
    await write('brew-tea', 'How do I brew tea?', 'Run `docker run postgres:17`.');
    expect(await checked()).toBe('');
    const file = join(root, 'knowledge/rules/example-images.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace("'17', '18'", "'18', '19'"));
    expect(await checked()).toContain('postgres:17 is not among the versions for examples');
  });

  test('tells a fault that only the whole book shows, with its line', async () => {
    await write('brew-tea', 'How do I brew tea?', 'With water.', 'related: [keep-tea]\n');
    expect(await checked()).toBe('');
    await rm(fileOf('keep-tea'));
    expect(await checked()).toContain('knowledge/tea/brew-tea.md:9: The related entry "keep-tea" does not exist');
  });

  test('tells the same where what it remembers is damaged', async () => {
    await write('brew-tea', 'How do I brew tea?', '# Water');
    const told = await checked();
    for (const name of await readdir(models)) {
      const bytes = await readFile(join(models, name));
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 10) ^ 1, bytes.length - 10);
      await writeFile(join(models, name), bytes);
    }
    expect(remembered(await ruleTexts())).toEqual([]);
    expect(await checked()).toBe(told);
  });

  test('tells the same where nothing can be remembered', async () => {
    await writeFile(models, 'a file where the folder should be');
    expect(await checked()).toBe('');
    expect(remembered(await ruleTexts())).toEqual([]);
  });
});
