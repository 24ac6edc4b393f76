import { fileURLToPath } from 'node:url';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { API, type Checker } from 'typescript/unstable/sync';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** This project as the compiler sees it; closed when the test ends. */
export interface TypescriptProject {
  readonly checker: Checker;
  /** The files of `src`, by their paths in the project. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/** Opens this project. */
export function openProject(): TypescriptProject {
  const api = new API({ cwd: root });
  onTestFinished(() => api.close());
  const [project] = api.updateSnapshot({ openProjects: [`${root}tsconfig.json`] }).getProjects();
  if (project === undefined) throw new Error('The compiler opens no project');
  const { program, checker } = project;
  const sources = new Map<string, SourceFile>();
  for (const name of program.getSourceFileNames()) {
    const file = name.startsWith(`${root}src/`) ? program.getSourceFile(name) : undefined;
    if (file !== undefined) sources.set(name.slice(root.length), file);
  }
  return { checker, sources };
}

/** A node and all below it, each before its children. */
export function* nodesOf(node: Node): Generator<Node, void, void> {
  yield node;
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}
