import { z } from 'zod';
import type { Database } from './database.ts';

const threadRow = z.object({
  team: z.string(),
  channel: z.string(),
  /** The timestamp of the thread's first message. */
  thread: z.string(),
  /** The entry shown last; null where the last reply showed none. */
  lastEntry: z.string().nullable(),
  /** When the bot replied last, in milliseconds since 1970. */
  lastAt: z.int(),
});
const personRow = z.object({ person: z.string() });
const entryRow = z.object({ entry: z.string() });

/** Which thread. */
export type ThreadKey = Readonly<Pick<z.output<typeof threadRow>, 'team' | 'channel' | 'thread'>>;

/** What is remembered of a thread in which the bot answered. */
export type ThreadMemory = Readonly<z.output<typeof threadRow>>;

/** Somebody who looks at what others asked. */
export interface Viewer {
  readonly person: string;
  /** Whether they may know what was asked in public by others. */
  readonly seesPublic: boolean;
}

/** Thread memory: what follow-up questions build on. Every method throws StoreUnavailable. */
export interface Threads {
  /** What is remembered, and the people seen in the thread; null where the bot has not answered. */
  get(key: ThreadKey): (ThreadMemory & { readonly people: readonly string[] }) | null;
  /** Remembers the last reply. The people seen stay, and older news than what is kept is ignored. */
  put(memory: ThreadMemory): void;
  /** Forgets the people seen in a thread that is remembered, but for these. */
  startOver(key: ThreadKey, people: readonly string[]): void;
  /** Notes who asked last in a thread that is remembered. */
  setAsker(key: ThreadKey, person: string): void;
  /** Notes whether everybody in the workspace may read a thread that is remembered. Until it is noted, nobody may. */
  setPublic(key: ThreadKey, isPublic: boolean): void;
  /** Entries that were shown lately in a team's threads that somebody may know of, latest first, each once. */
  recentEntries(team: string, viewer: Viewer, since: number, most: number): string[];
  /** Adds a person seen in a thread that is remembered. @returns true if the person is new there */
  addPerson(key: ThreadKey, person: string): boolean;
}

const ofThread = 'team = :team AND channel = :channel AND thread = :thread';

/** Makes the thread memory of an open store. */
export function createThreads(database: Database): Threads {
  const addPerson = ({ team, channel, thread }: ThreadKey, person: string): boolean => {
    const added = database.run(
      `INSERT INTO thread_people (team, channel, thread, person)
       SELECT team, channel, thread, :person FROM threads WHERE ${ofThread}
       ON CONFLICT DO NOTHING`,
      { team, channel, thread, person },
    );
    return added === 1;
  };
  return {
    get({ team, channel, thread }) {
      const key = { team, channel, thread };
      const memory = database.row(
        threadRow,
        `SELECT team, channel, thread, last_entry AS lastEntry, last_at AS lastAt FROM threads WHERE ${ofThread}`,
        key,
      );
      if (memory === null) return null;
      const people = database.rows(
        personRow,
        `SELECT person FROM thread_people WHERE ${ofThread} ORDER BY person`,
        key,
      );
      return { ...memory, people: people.map(({ person }) => person) };
    },
    put({ team, channel, thread, lastEntry, lastAt }) {
      database.run(
        `INSERT INTO threads (team, channel, thread, last_entry, last_at)
         VALUES (:team, :channel, :thread, :lastEntry, :lastAt)
         ON CONFLICT DO UPDATE SET last_entry = excluded.last_entry, last_at = excluded.last_at
         WHERE excluded.last_at >= threads.last_at`,
        { team, channel, thread, lastEntry, lastAt },
      );
    },
    startOver: ({ team, channel, thread }, people) =>
      database.transaction(() => {
        database.run(`DELETE FROM thread_people WHERE ${ofThread}`, { team, channel, thread });
        for (const person of people) addPerson({ team, channel, thread }, person);
      }),
    setAsker({ team, channel, thread }, person) {
      database.run(`UPDATE threads SET asker = :person WHERE ${ofThread}`, { team, channel, thread, person });
    },
    setPublic({ team, channel, thread }, isPublic) {
      const values = { team, channel, thread, isPublic: isPublic ? 1 : 0 };
      database.run(`UPDATE threads SET is_public = :isPublic WHERE ${ofThread}`, values);
    },
    recentEntries: (team, { person, seesPublic }, since, most) =>
      database
        .rows(
          entryRow,
          `SELECT last_entry AS entry FROM threads
           WHERE team = :team AND last_entry IS NOT NULL AND last_at >= :since
             AND (asker = :person OR (:seesPublic = 1 AND is_public = 1))
           GROUP BY last_entry ORDER BY max(last_at) DESC LIMIT :most`,
          { team, person, seesPublic: seesPublic ? 1 : 0, since, most },
        )
        .map(({ entry }) => entry),
    addPerson,
  };
}
