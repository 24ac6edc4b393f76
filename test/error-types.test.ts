import { isClassDeclaration } from 'typescript/unstable/ast';
import { expect, test } from 'vitest';
import { openProject } from './typescript-project.ts';

test('every type of error has a code, by which it is told from others', () => {
  const { sources, checker } = openProject();
  const errors = [...sources].flatMap(([path, file]) =>
    file.statements.filter(isClassDeclaration).flatMap((declared) => {
      const type = checker.getTypeAtLocation(declared.name ?? declared);
      const has = (name: string) => type !== undefined && checker.getPropertyOfType(type, name) !== undefined;
      return has('stack') ? [{ type: `${path}: ${declared.name?.text}`, hasCode: has('code') }] : [];
    }),
  );
  expect(errors.length).toBeGreaterThan(20);
  expect(errors.filter(({ hasCode }) => !hasCode)).toEqual([]);
});
