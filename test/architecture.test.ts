import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

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
