import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assistant } from './assistant/assistant.ts';
import { createAssistant } from './assistant/create-assistant.ts';
import type { Knowledge } from './assistant/knowledge.ts';
import type { Config } from './config.ts';
import { type DemoCatalogue, findDemos } from './demos/catalogue/find-demos.ts';
import { type LoadedBook, loadBook } from './knowledge/load-book.ts';
import { type Outline, readOutline } from './knowledge/outline.ts';
import { createMatcher } from './matching/create-matcher.ts';
import { type DemoEngine, openDemoEngine } from './sandbox/demo-engine.ts';

/** The program, put together from its parts. */
export interface Program {
  readonly assistant: Assistant;
  readonly engine: DemoEngine;
  readonly demos: DemoCatalogue;
  readonly book: LoadedBook;
  readonly outline: Outline;
}

/** The project's folder. Relative settings are relative to it, so that they mean the same from every directory. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * Puts the program together.
 * @throws KnowledgeUnreadable, DemoInvalid, SandboxError for an engine address that makes no sense
 */
export async function assemble(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Program> {
  const shipped = resolve(projectFolder, 'knowledge');
  const own = config.knowledgeFolders.map((folder) => resolve(projectFolder, folder));
  const [book, outline, demos] = await Promise.all([
    loadBook([shipped, ...own], projectFolder),
    readOutline(shipped),
    findDemos(new URL('./demos/', import.meta.url)),
  ]);
  const current: Knowledge = { entries: book.entries, matcher: createMatcher(book.entries.values()), outline };
  const engine = openDemoEngine({
    config: config.engine,
    environment,
    baseImage: config.baseImage,
    dataFolder: resolve(projectFolder, config.dataFolder),
  });
  const assistant = createAssistant({ knowledge: () => current, demos, engine, limits: config.demoLimits });
  return { assistant, engine, demos, book, outline };
}
