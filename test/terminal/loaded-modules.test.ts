import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { runProgram } from './run-program.ts';

/** Runs a command. @returns the modules that it loaded: files of the project, `node:` names, and packages */
async function modulesOf(...words: string[]): Promise<string[]> {
  const list = join(await temporaryFolder(), 'modules');
  const reporter = `${projectFolder}test/terminal/list-modules.mjs`;
  const { code } = await runProgram(words, { MODULE_LIST: list, NODE_OPTIONS: `--import=${reporter}` });
  expect(code).toBe(0);
  const urls = (await readFile(list, 'utf8')).trim().split('\n');
  return [...new Set(urls.map((url) => url.replace(`file://${projectFolder}`, '').replace(/^node_modules\//, '')))];
}

const docker = /^dockerode\/|^docker-modem\/|^src\/sandbox\/engine\.ts/;
const slack = /^@slack\/|^src\/slack\//;
const parsing = /^yaml\/|^src\/knowledge\/parse-|^src\/matching\/model\/learn-book/;
const looking = /^src\/layers\/|^src\/registry\/|^src\/figures\//;
const serving = /^chokidar\/|^pino\/|^prom-client\//;

const demos = /^src\/demos\/[^/]+\.ts/;

test('a question at the terminal loads no Docker client, no Slack, no demo, and nothing that looks into images or parses or watches the book', async () => {
  const loaded = await modulesOf('ask', 'how do volumes work?');
  expect(loaded).toContain('src/matching/model/open-book.ts');
  for (const unwanted of [docker, slack, demos, parsing, looking, serving])
    expect(loaded.filter((name) => unwanted.test(name))).toEqual([]);
});

test('the list of demos loads no Docker client, no Slack and no book', async () => {
  const loaded = await modulesOf('demo');
  expect(loaded).toContain('src/demos/image-layers.ts');
  for (const unwanted of [docker, slack, parsing, looking, serving])
    expect(loaded.filter((name) => unwanted.test(name))).toEqual([]);
});

test('a check of the book loads no Docker client and no Slack', async () => {
  const loaded = await modulesOf('check');
  expect(loaded).toContain('src/knowledge/parse-entry.ts');
  for (const unwanted of [docker, slack, serving]) expect(loaded.filter((name) => unwanted.test(name))).toEqual([]);
});
