import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assistant } from './assistant/assistant.ts';
import { createAssistant } from './assistant/create-assistant.ts';
import type { WatchKnowledge } from './assistant/knowledge.ts';
import { longestPause } from './assistant/limits.ts';
import { createBookInUse } from './book-in-use.ts';
import type { Config } from './config.ts';
import type { Demo } from './demos/catalogue/demo.ts';
import { type DemoCatalogue, findDemos, nameDemos } from './demos/catalogue/find-demos.ts';
import type { BookPlace, OpenBook } from './matching/model/learned-book.ts';
import { openBook } from './matching/model/open-book.ts';
import type { DemoEngine } from './sandbox/demo-engine.ts';
import { prepareStore, type StoreAccess } from './store/store-access.ts';

/** The program, put together from its parts; each is made when it is first used. */
export interface Program {
  readonly assistant: Assistant;
  /** Opens the engine. @throws SandboxError for an engine address that makes no sense */
  readonly engine: () => Promise<DemoEngine>;
  /** Empty where demos are only offered. */
  readonly demos: DemoCatalogue;
  /** The book in use; it has to be open. */
  readonly book: () => OpenBook;
  /** Where that book is. */
  readonly place: BookPlace;
  readonly watchKnowledge: WatchKnowledge;
  /** What outlives the process. Whoever assembles the program closes it at the end. */
  readonly store: StoreAccess;
}

/** How the program is to be put together. */
export interface AssembleOptions {
  /** Whether the book is opened: what answers no question and shows no entry can do without. */
  readonly book?: boolean;
  /** Whether demos are loaded, to be listed and run; answers offer them all the same. */
  readonly demos?: boolean;
  /** Begin demos ahead, and learn in a thread of its own what was not learned yet. */
  readonly warm?: boolean;
  /** Told what became of the learned model, where that is not as usual; one line. */
  readonly tell?: (line: string) => void;
  /** Told how far learning is, in pieces of a line. */
  readonly say?: (text: string) => void;
  /** The folder of learned models; in the data folder where left out. */
  readonly models?: string;
}

/** The project's folder. Relative settings are relative to it, so that they mean the same from every directory. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * Puts the program together; neither the store nor the engine is touched before something needs it.
 * @throws KnowledgeUnreadable, OutlineInvalid, DemoInvalid
 */
export async function assemble(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  options: AssembleOptions = {},
): Promise<Program> {
  const { warm = false, tell = () => undefined, say } = options;
  const dataFolder = resolve(projectFolder, config.dataFolder);
  const place: BookPlace = {
    folders: ['knowledge', ...config.knowledgeFolders].map((folder) => resolve(projectFolder, folder)),
    root: projectFolder,
    models: { path: options.models ?? join(dataFolder, 'models'), tell },
  };
  const demoFolder = new URL('./demos/', import.meta.url);
  const [atFirst, demos, offered] = await Promise.all([
    options.book === false ? null : openBook(place, say),
    options.demos === false ? new Map<string, Demo>() : findDemos(demoFolder),
    nameDemos(demoFolder),
  ]);
  const { book, ready, watchKnowledge } = createBookInUse({ place, atFirst, warm, tell });
  const store = prepareStore(dataFolder, { keys: config.storeKeys, defaults: config.team });
  const engine = once(async () => {
    const { openDemoEngine } = await import('./sandbox/demo-engine.ts');
    const timeLimitSeconds = config.demoLimits.timeLimitSeconds + longestPause;
    return openDemoEngine({
      config: config.engine,
      environment,
      baseImage: config.baseImage,
      withoutLimits: config.engineWithoutLimits,
      dataFolder,
      ...(warm ? { warm: { runs: config.warmRuns, timeLimitSeconds } } : {}),
    });
  });
  const registry = once(async () => {
    const { createRegistry } = await import('./registry/create-registry.ts');
    return createRegistry({ registries: config.layerRegistries, environment });
  });
  const assistant = createAssistant({
    knowledge: book,
    demos,
    offered,
    engine,
    registry,
    limits: config.demoLimits,
    warm,
    store: () => store.open(),
    defaults: config.team,
    ready,
  });
  return { assistant, engine, demos, book, place, watchKnowledge, store };
}

/** Makes something at the first call, and gives the same at every other. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
