import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assistant } from './assistant/assistant.ts';
import { createAssistant } from './assistant/create-assistant.ts';
import type { WatchKnowledge } from './assistant/knowledge.ts';
import { longestPause } from './assistant/limits.ts';
import type { Config } from './config.ts';
import type { Demo } from './demos/catalogue/demo.ts';
import { type DemoCatalogue, findDemos, nameDemos } from './demos/catalogue/find-demos.ts';
import { learnInThread } from './matching/model/learn-in-thread.ts';
import type { BookPlace, OpenBook } from './matching/model/learned-book.ts';
import { openBook } from './matching/model/open-book.ts';
import type { Registry } from './registry/create-registry.ts';
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
  let opened = atFirst;
  const store = prepareStore(dataFolder, { keys: config.storeKeys, defaults: config.team });
  const book = (): OpenBook => {
    if (opened === null) throw new Error('The book is needed, but it was not opened. Assemble the program with it');
    return opened;
  };
  const closing = new AbortController();
  const learnAnew = () => learnInThread(place, book().entries.values(), closing.signal);
  let learning: Promise<void> | null = null;
  const learnAtFirst = async (): Promise<void> => {
    if (!warm || book().edition.learnedIn !== null) return;
    try {
      opened = await learnAnew();
    } catch (error) {
      if (closing.signal.aborted) return;
      tell(`The book could not be learned in a thread of its own: ${String(error)}. It is learned when it is asked.`);
    }
  };
  let connected: Promise<DemoEngine> | null = null;
  const engine = () => {
    connected ??= import('./sandbox/demo-engine.ts').then(({ openDemoEngine }) =>
      openDemoEngine({
        config: config.engine,
        environment,
        baseImage: config.baseImage,
        withoutLimits: config.engineWithoutLimits,
        dataFolder,
        ...(warm
          ? { warm: { runs: config.warmRuns, timeLimitSeconds: config.demoLimits.timeLimitSeconds + longestPause } }
          : {}),
      }),
    );
    return connected;
  };
  let asking: Promise<Registry> | null = null;
  const registry = () => {
    asking ??= import('./registry/create-registry.ts').then(({ createRegistry }) =>
      createRegistry({ registries: config.layerRegistries, environment }),
    );
    return asking;
  };
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
    ready() {
      learning ??= learnAtFirst();
      return learning;
    },
  });
  const watchKnowledge: WatchKnowledge = async ({ onBook, onError }) => {
    const { watchBook } = await import('./knowledge/watch-book.ts');
    const stop = await watchBook({
      folders: place.folders,
      // Not beside the first learning, which would put an older book in the place of a newer one.
      read: () => assistant.ready().then(learnAnew),
      onBook(changed) {
        opened = changed;
        onBook(changed);
      },
      onError,
    });
    return () => {
      closing.abort();
      return stop();
    };
  };
  return { assistant, engine, demos, book, place, watchKnowledge, store };
}
