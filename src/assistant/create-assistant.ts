import type { Registry } from '../registry/create-registry.ts';
import type { Store } from '../store/store.ts';
import type { KnownDemos } from './answering/compose-reply.ts';
import { createAnswers } from './answering/create-answers.ts';
import { createConversations } from './answering/create-conversations.ts';
import { createVoting } from './answering/feedback.ts';
import type { Assistant } from './assistant.ts';
import { StoreUnavailable } from './assistant-error.ts';
import { createPictures } from './create-pictures.ts';
import { createSettings } from './create-settings.ts';
import { createHelp } from './gaps/create-help.ts';
import { createOpenQuestions } from './gaps/create-open-questions.ts';
import type { Knowledge } from './knowledge.ts';
import type { Layers } from './layers.ts';
import { createListening } from './listening/create-listening.ts';
import { createDemos, type DemoParts } from './running/create-demos.ts';
import { createPolls } from './running/create-polls.ts';
import type { TeamSettings } from './team-settings.ts';

/** What the assistant is made of. */
export interface AssistantParts extends Pick<DemoParts, 'demos' | 'engine' | 'limits'> {
  /** The knowledge in use at the moment of the call. */
  readonly knowledge: () => Knowledge;
  /** The demos that answers offer; the same ones where left out. */
  readonly offered?: KnownDemos;
  /** What outlives the process; null where there is none, as for tests of demos alone. @throws StoreUnavailable */
  readonly store: () => Promise<Store | null>;
  /** What is in force for a team that has set nothing. */
  readonly defaults: TeamSettings;
  /** Whether what a demo begins with is made as soon as an answer offers it. */
  readonly warm?: boolean;
  /** What asks registries; where left out, none is asked. */
  readonly registry?: () => Promise<Registry>;
  /** Resolves when the knowledge can be asked without a wait; at once where left out. */
  readonly ready?: () => Promise<void>;
}

/** Makes the assistant that every surface calls. */
export function createAssistant(parts: AssistantParts): Assistant {
  const { knowledge, demos, engine, limits, store, defaults, warm = false, ready = () => Promise.resolve() } = parts;
  const { offered = demos } = parts;
  const kept = async (): Promise<Store> => {
    const opened = await store();
    if (opened === null) throw new StoreUnavailable('closed', 'Nothing is kept here: the program runs without a store');
    return opened;
  };
  const { registry = askNone } = parts;
  const claimText = (id: string) => findClaim(knowledge(), id);
  const answers = createAnswers(knowledge, offered, ready);
  const running = createDemos({ demos, engine, limits, store, defaults, warm, claimText });
  return {
    ...answers,
    ...running,
    ...createListening({ ask: answers.ask, show: answers.show, demos: running.demos }),
    conversations: createConversations(kept),
    votes: createVoting(kept),
    openQuestions: createOpenQuestions(knowledge, kept),
    help: createHelp(kept),
    polls: createPolls(kept),
    pictures: createPictures(),
    settings: createSettings(kept, defaults),
    layers: deferLayers(async () => {
      const { createLayers } = await import('./looking/create-layers.ts');
      return createLayers({ engine, registry, store, defaults });
    }),
    forgetTeam: async (team) => (await kept()).deleteTeam(team),
  };
}

/** What looks into images is loaded with the first look, once: answers go without, and start sooner. */
function deferLayers(make: () => Promise<Layers>): Layers {
  let made: Promise<Layers> | null = null;
  const layers = (): Promise<Layers> => {
    made ??= make();
    return made;
  };
  return {
    look: async (request) => (await layers()).look(request),
    compare: async (request, other) => (await layers()).compare(request, other),
  };
}

async function askNone(): Promise<Registry> {
  const { createRegistry } = await import('../registry/create-registry.ts');
  return createRegistry({ registries: [], environment: {} });
}

function findClaim(knowledge: Knowledge, id: string): string {
  for (const entry of knowledge.entries.values()) {
    const claim = entry.claims.find((candidate) => candidate.id === id);
    if (claim) return claim.text;
  }
  return id;
}
