import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFunctionLikeDeclaration, type SourceFile } from 'typescript/unstable/ast';
import { describe, expect, onTestFinished, test } from 'vitest';
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

/** A page is read in one go, and a function in one look. */
const limits = { fileLines: 250, functionLines: 60, medianFunctionLines: 10 } as const;

/** Where a limit does not hold yet. Nothing is to be added here. */
const stillLonger = new Set([
  'src/layers/files/dive-figures.ts',
  'src/layers/files/layer-reader.ts',
  'src/layers/files/path-table.ts',
  'src/layers/files/read-image-archive.ts',
  'src/layers/files/stack-layers.ts',
  'src/layers/files/tar-reader.ts',
  'src/layers/files/zstd-frames.ts',
]);

test('what is in src is short: every file, every function, and most functions very', () => {
  const sources = [...openProject().sources];
  const functions = sources.flatMap(([path, file]) => functionsOf(path, file));
  const files = sources.map(([path, { text }]) => ({ path, lines: text.split('\n').length - 1 }));
  const tooLong = [
    ...files.filter(({ lines }) => lines > limits.fileLines),
    ...functions.filter(({ lines }) => lines > limits.functionLines),
  ];
  expect(tooLong.filter(({ path }) => !stillLonger.has(path))).toEqual([]);
  const several = functions.map(({ lines }) => lines).filter((lines) => lines > 1);
  expect(several.sort((a, b) => a - b)[Math.floor(several.length / 2)]).toBeLessThanOrEqual(limits.medianFunctionLines);
});

/** The functions of a file that have a body, with where they begin and how many lines they have. */
function functionsOf(path: string, file: SourceFile): { path: string; start: number; lines: number }[] {
  const found = [];
  for (const node of nodesOf(file)) {
    if (!isFunctionLikeDeclaration(node) || node.body === undefined) continue;
    const start = node.getStart(file);
    found.push({ path, start, lines: file.text.slice(start, node.end).split('\n').length });
  }
  return found;
}
