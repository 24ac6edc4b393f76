import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFunctionLikeDeclaration, isImportTypeNode, type Node, type SourceFile } from 'typescript/unstable/ast';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { nodesOf, openProject } from './typescript-project.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Lints files by the project's own rules. @returns the rules that are broken */
async function broken(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-lint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await copyFile(join(root, 'biome.json'), join(folder, 'biome.json'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const out = await new Promise<string>((resolve) => {
    const args = ['lint', '--vcs-enabled=false', '--colors=off', '.'];
    execFile(join(root, 'node_modules/.bin/biome'), args, { cwd: folder }, (_, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    );
  });
  expect(out).toContain(`Checked ${Object.keys(files).length + 1} files`);
  return [...new Set([...out.matchAll(/lint\/\w+\/(\w+)/g)].map(([, rule = '']) => rule))];
}

const uses = (path: string) => `import type { It } from '${path}';\n\nexport type Own = It;\n`;
const it = 'export interface It {\n  readonly name: string;\n}\n';

describe('the linter finds', () => {
  test.each([
    ['slack/answers/answer.ts', '../../store/store.ts', 'src/store/store.ts'],
    ['terminal/audit-command.ts', '../store/runs.ts', 'src/store/runs.ts'],
    ['web/health-server.ts', '../store/store.ts', 'src/store/store.ts'],
    ['web/health-server.ts', '../sandbox/engine.ts', 'src/sandbox/engine.ts'],
    ['figures/image-stack.ts', '../assistant/reply.ts', 'src/assistant/reply.ts'],
    ['slack/answers/answer.ts', '../../assistant/answering/feedback.ts', 'src/assistant/answering/feedback.ts'],
    ['terminal/gaps-command.ts', '../assistant/create-assistant.ts', 'src/assistant/create-assistant.ts'],
    ['slack/runs/demo-runs.ts', '../../sandbox/run.ts', 'src/sandbox/run.ts'],
    ['assistant/running/audit.ts', '../../slack/parts.ts', 'src/slack/parts.ts'],
    ['store/runs.ts', '../assistant/reply.ts', 'src/assistant/reply.ts'],
    ['settings/settings.ts', '../config.ts', 'src/config.ts'],
    ['layers/advice.ts', '../registry/manifest.ts', 'src/registry/manifest.ts'],
    ['registry/manifest.ts', '../sandbox/sandbox.ts', 'src/sandbox/sandbox.ts'],
    ['slack/answers/answer.ts', '../../registry/platform.ts', 'src/registry/platform.ts'],
  ])('that %s imports %s, also where it is a type', async (file, path, target) => {
    expect(await broken({ [`src/${file}`]: uses(path), [target]: it })).toEqual(['noRestrictedImports']);
  });

  test('a cycle, also of types', async () => {
    const files = { 'src/slack/runs/a.ts': uses('./b.ts'), 'src/slack/runs/b.ts': uses('./a.ts') };
    expect(await broken(files)).toEqual(['noImportCycles']);
  });

  test('nothing in what calls the assistant by its interface', async () => {
    const files = {
      'src/slack/answers/answer.ts': uses('../../assistant/assistant.ts'),
      'src/assistant/assistant.ts': it,
    };
    expect(await broken(files)).toEqual([]);
  });
});

// The linter follows `import … from` and `import()` of values, but sees no path in a type.
test('no type of src is imported where it is used, past the rules for imports', () => {
  const hidden = [...openProject().sources].flatMap(([path, file]) =>
    [...nodesOf(file)].filter(isImportTypeNode).map((node) => `${path}: ${node.getText(file)}`),
  );
  expect(hidden).toEqual([]);
});

test('every folder of src has its rules for imports', async () => {
  const { overrides } = configSchema.parse(JSON.parse(await readFile(join(root, 'biome.json'), 'utf8')));
  const ruled = overrides.flatMap(({ includes, linter }) =>
    linter.rules.style?.noRestrictedImports === undefined ? [] : includes,
  );
  const folders = (await foldersOf('src')).map((name) => `src/${name}/**`);
  expect(folders.filter((folder) => !ruled.includes(folder))).toEqual([]);
});

test('the map of CONTRIBUTING.md has every folder of src', async () => {
  const text = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, map = ''] = /^src\/\n(.*?)^test\//ms.exec(text) ?? [];
  const rooms = (indent: number) =>
    [...map.matchAll(new RegExp(`^ {${indent}}(\\S.*)$`, 'gm'))].flatMap(([, line = '']) =>
      [...(/^(?:[\w-]+\/ +)+/.exec(`${line} `)?.[0] ?? '').matchAll(/[\w-]+/g)].map(([name]) => name),
    );
  expect(rooms(2).sort()).toEqual(await foldersOf('src'));
  expect(rooms(4).sort()).toEqual(await foldersOf('src/slack'));
});

async function foldersOf(path: string): Promise<string[]> {
  const all = await readdir(join(root, path), { withFileTypes: true });
  return all.flatMap((each) => (each.isDirectory() ? [each.name] : [])).sort();
}

const configSchema = z.object({
  overrides: z.array(
    z.object({
      includes: z.array(z.string()),
      linter: z.object({ rules: z.object({ style: z.object({ noRestrictedImports: z.unknown() }).optional() }) }),
    }),
  ),
});

/** A page is read in one go, and a function in one look. */
const limits = { fileLines: 250, functionLines: 60, medianFunctionLines: 10 } as const;

/** Where a limit does not hold yet, with its lines: the number only falls, and nothing is to be added. */
const stillLonger = new Map([
  ['src/layers/files/dive-figures.ts diveFigures', 148],
  ['src/layers/files/layer-reader.ts createLayerReader', 160],
  ['src/layers/files/path-table.ts createPathTable', 103],
  ['src/layers/files/read-image-archive.ts readImageArchive', 81],
  ['src/layers/files/stack-layers.ts stackLayers', 211],
  ['src/layers/files/tar-reader.ts createTarReader', 108],
  ['src/layers/files/zstd-frames.ts createZstdSplitter', 97],
]);

test('what is in src is short: every file, every function, and most functions very', () => {
  const sources = [...openProject().sources];
  const functions = sources.flatMap(([path, file]) => functionsOf(path, file));
  const files = sources.map(([path, { text }]) => ({ name: path, lines: text.split('\n').length - 1 }));
  const tooLong = [
    ...files.filter(({ lines }) => lines > limits.fileLines),
    ...functions.filter(({ lines }) => lines > limits.functionLines),
  ];
  expect(tooLong.map(({ name, lines }) => [name, lines] as const).sort()).toEqual([...stillLonger].sort());
  const several = functions.map(({ lines }) => lines).filter((lines) => lines > 1);
  expect(several.sort((a, b) => a - b)[Math.floor(several.length / 2)]).toBeLessThanOrEqual(limits.medianFunctionLines);
});

/** The functions of a file that have a body, by file and name, with how many lines they have. */
function functionsOf(path: string, file: SourceFile): { name: string; lines: number }[] {
  const found = [];
  for (const node of nodesOf(file)) {
    if (!isFunctionLikeDeclaration(node) || node.body === undefined) continue;
    const start = node.getStart(file);
    const lines = file.text.slice(start, node.end).split('\n').length;
    found.push({ name: `${path} ${nameOf(node, file)}`, lines });
  }
  return found;
}

/** What a function is called, or what it is kept as; for one that is neither, what it stands in. */
function nameOf(node: Node, file: SourceFile): string {
  const { name } = node as { readonly name?: Node };
  if (name !== undefined) return name.getText(file);
  return node.parent === undefined || node.parent === file ? '(no name)' : nameOf(node.parent, file);
}
