import { readFile } from 'node:fs/promises';
import {
  isBindingElement,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast';
import type { Checker, NodeHandle } from 'typescript/unstable/sync';
import { describe, expect, test } from 'vitest';
import { renderSettings, settingsFile } from '../../scripts/settings/render-settings.ts';
import { settingsOf } from '../../src/settings/rows.ts';
import { settings } from '../../src/settings/settings.ts';
import { nodesOf, openProject } from '../typescript-project.ts';

const rows = settingsOf(settings);
const names = rows.map(({ environment }) => environment);
const page = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('a setting', () => {
  test('is read by something', () => {
    const { checker, sources } = openProject();
    const read = new Set<string | null>();
    for (const [path, file] of sources)
      if (!path.startsWith('src/settings/'))
        for (const declaration of declarationsRead(checker, file)) read.add(environmentOf(declaration));
    expect(names.filter((name) => !read.has(name))).toEqual([]);
  });

  test('has a name of its own, and says what it is for', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const { environment, means, otherwise = '' } of rows) {
      expect(environment).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
      expect(means).not.toBe('');
      expect(means + otherwise).not.toMatch(/[|\n]/);
    }
  });

  test('has its row on the page of settings, as the table says', async () => {
    expect(await page(settingsFile)).toBe(renderSettings());
  });
});

test.each(['README.md', 'docs/slack.md', 'docs/store.md', 'docs/engine.md', 'docs/writing-entries.md'])(
  '%s names no setting that there is not',
  async (name) => {
    const prefixes = new Set(names.map((known) => known.split('_')[0]));
    for (const [, named = ''] of (await page(name)).matchAll(/\b([A-Z]+_[A-Z_]*\*?)/g)) {
      if (!prefixes.has(named.split('_')[0])) continue;
      const pattern = new RegExp(`^${named.replace('*', '.+')}$`);
      expect(
        names.filter((known) => pattern.test(known)),
        named,
      ).not.toEqual([]);
    }
  },
);

const keys = new Set(Object.entries(settings).flatMap(([key, row]) => [key, ...Object.keys(row)]));

/** Where the properties are declared that a file reads by a key of the table, as `a.b` or `{ b } = a`. */
function* declarationsRead(checker: Checker, file: SourceFile): Generator<NodeHandle, void, void> {
  const accessed: Node[] = [];
  for (const node of nodesOf(file)) {
    if (isPropertyAccessExpression(node) && keys.has(node.name.text)) accessed.push(node.name);
    if (!isBindingElement(node)) continue;
    const name = node.propertyName ?? node.name;
    if (!name || !isIdentifier(name) || !keys.has(name.text)) continue;
    const type = checker.getTypeAtLocation(node.parent);
    yield* (type && checker.getPropertyOfType(type, name.text)?.declarations) ?? [];
  }
  if (accessed.length > 0)
    for (const symbol of checker.getSymbolAtLocation(accessed)) yield* symbol?.declarations ?? [];
}

/** The variable of a row of the table; null for anything else. */
function environmentOf(declaration: NodeHandle): string | null {
  if (!declaration.path.includes('/src/settings/')) return null;
  const row = declaration.resolve();
  if (!row || !isPropertyAssignment(row) || !isObjectLiteralExpression(row.initializer)) return null;
  for (const field of row.initializer.properties)
    if (isPropertyAssignment(field) && isIdentifier(field.name) && field.name.text === 'environment')
      return isStringLiteral(field.initializer) ? field.initializer.text : null;
  return null;
}
