import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assistant } from './assistant/assistant.ts';
import { createAssistant } from './assistant/create-assistant.ts';
import type { Knowledge, WatchKnowledge } from './assistant/knowledge.ts';
import { longestPause } from './assistant/pause.ts';
import type { Config } from './config.ts';
import { type DemoCatalogue, findDemos } from './demos/catalogue/find-demos.ts';
import type { Entry } from './knowledge/entry.ts';
import { type LoadedBook, loadBook } from './knowledge/load-book.ts';
import { extendOutline, type Outline, readOutline } from './knowledge/outline.ts';
import { watchBook } from './knowledge/watch-book.ts';
import { createMatcher } from './matching/create-matcher.ts';
import { deferMatcher } from './matching/deferred-matcher.ts';
import type { Matcher } from './matching/match.ts';
import { type DemoEngine, openDemoEngine } from './sandbox/demo-engine.ts';
import type { Store } from './store/store.ts';
import { prepareStore, type StoreAccess } from './store/store-access.ts';
import { StoreUnavailable } from './store/store-error.ts';
import type { TeamSettings } from './store/team-settings.ts';

/** The program, put together from its parts. */
export interface Program {
  readonly assistant: Assistant;
  readonly engine: DemoEngine;
  readonly demos: DemoCatalogue;
  readonly book: LoadedBook;
  readonly outline: Outline;
  readonly watchKnowledge: WatchKnowledge;
  /** What outlives the process. Whoever assembles the program closes it at the end. */
  readonly store: StoreAccess;
}

/** How the program is to be put together. */
export interface AssembleOptions {
  /** Begin demos ahead, and read the book for questions at once. */
  readonly warm?: boolean;
  /** Refuse demos where no record of them can be kept. */
  readonly strict?: boolean;
  /** Makes the matcher of a book. */
  readonly learn?: (entries: Iterable<Entry>) => Matcher;
}

/** The project's folder. Relative settings are relative to it, so that they mean the same from every directory. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * Puts the program together; the data folder is not touched before something needs it.
 * @throws KnowledgeUnreadable, OutlineInvalid, DemoInvalid, SandboxError for an engine address that makes no sense
 */
export async function assemble(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  { warm = false, strict = false, learn = warm ? createMatcher : deferMatcher }: AssembleOptions = {},
): Promise<Program> {
  const shipped = resolve(projectFolder, 'knowledge');
  const own = config.knowledgeFolders.map((folder) => resolve(projectFolder, folder));
  const folders = [shipped, ...own];
  const [book, outline, demos] = await Promise.all([
    loadBook(folders, projectFolder),
    readOutline(shipped).then((shippedOutline) => extendOutline(shippedOutline, own)),
    findDemos(new URL('./demos/', import.meta.url)),
  ]);
  const known = ({ entries }: LoadedBook): Knowledge => ({ entries, matcher: learn(entries.values()), outline });
  let current = known(book);
  const dataFolder = resolve(projectFolder, config.dataFolder);
  const store = prepareStore(dataFolder, { keys: config.storeKeys, defaults: defaultSettings(config) });
  const engine = openDemoEngine({
    config: config.engine,
    environment,
    baseImage: config.baseImage,
    withoutLimits: config.engineWithoutLimits,
    dataFolder,
    ...(warm
      ? { warm: { runs: config.warmRuns, timeLimitSeconds: config.demoLimits.timeLimitSeconds + longestPause } }
      : {}),
  });
  const assistant = createAssistant({
    knowledge: () => current,
    demos,
    engine,
    limits: config.demoLimits,
    store: () => (strict ? store.open() : openIfPossible(store)),
  });
  const watchKnowledge: WatchKnowledge = ({ onBook, onError }) =>
    watchBook({
      folders,
      root: projectFolder,
      book,
      onBook(changed) {
        current = known(changed);
        onBook(changed);
      },
      onError,
    });
  return { assistant, engine, demos, book, outline, watchKnowledge, store };
}

/** The environment says what is in force for a team that has set nothing. */
function defaultSettings(config: Config): TeamSettings {
  const { admins, answerChannels, demoLimits, askHuman, digestChannel, dailyDemoBudget, guestsMayRunDemos } = config;
  return {
    admins,
    demoPeople: demoLimits.people,
    demoChannels: demoLimits.channels,
    answerChannels,
    askHuman,
    digestChannel,
    dailyDemoBudget,
    guestsMayRunDemos,
  };
}

/** At the terminal a demo runs although no record of it can be kept; `doctor` says why it cannot. */
function openIfPossible(store: StoreAccess): Store | null {
  try {
    return store.open();
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
}
