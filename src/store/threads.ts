import { z } from 'zod';
import type { Database, Statements } from './database.ts';

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

/** What becomes of a thread with a reply. */
export interface ThreadNews extends ThreadMemory {
  /** Who asked; left out where that stays as it is. */
  readonly asker?: string;
  /** Who is in the conversation from now on, others forgotten; left out where that stays as it is. */
  readonly people?: readonly string[];
}

/** Somebody who looks at what others asked. */
export interface Viewer {
  readonly person: string;
  /** Whether they may know what was asked in public by others. */
  readonly seesPublic: boolean;
}

/** Thread memory: what follow-up questions build on. Every method throws StoreUnavailable. */
export interface Threads {
  /**
   * What is remembered, the people seen in the thread, and whether it is known that everybody in the workspace may read
   * it; null where the bot has not answered.
   */
  get(
    key: ThreadKey,
  ): Promise<(ThreadMemory & { readonly people: readonly string[]; readonly isPublic: boolean }) | null>;
  /** Remembers the last reply. Older news than what is kept only adds the people that it names. */
  put(news: ThreadNews): Promise<void>;
  /** Notes whether everybody in the workspace may read a thread that is remembered. Until it is noted, nobody may. */
  setPublic(key: ThreadKey, isPublic: boolean): Promise<void>;
  /** Entries that were shown lately in a team's threads that somebody may know of, latest first, each once. */
  recentEntries(team: string, viewer: Viewer, since: number, most: number): Promise<string[]>;
  /** The entry that somebody was shown last in a channel since a time, whatever the thread; null where none was. */
  lastEntry(team: string, channel: string, asker: string, since: number): Promise<string | null>;
  /** Adds a person seen in a thread that is remembered. @returns true if the person is new there */
  addPerson(key: ThreadKey, person: string): Promise<boolean>;
}

const memoryRow = threadRow.extend({ isPublic: z.literal([0, 1]).transform(Boolean) });
const ofThread = 'team = :team AND channel = :channel AND thread = :thread';

/** Makes the thread memory of an open store. */
export function createThreads(database: Database): Threads {
  return {
    get: ({ team, channel, thread }) =>
      database.read((file) => {
        const key = { team, channel, thread };
        const memory = file.row(
          memoryRow,
          `SELECT team, channel, thread, last_entry AS lastEntry, last_at AS lastAt, is_public AS isPublic
           FROM threads WHERE ${ofThread}`,
          key,
        );
        if (memory === null) return null;
        const people = file.rows(personRow, `SELECT person FROM thread_people WHERE ${ofThread} ORDER BY person`, key);
        return { ...memory, people: people.map(({ person }) => person) };
      }),
    put: (news) => database.write((file) => putThread(file, news)),
    setPublic: ({ team, channel, thread }, isPublic) =>
      database.write((file) => {
        const values = { team, channel, thread, isPublic: isPublic ? 1 : 0 };
        file.run(`UPDATE threads SET is_public = :isPublic WHERE ${ofThread}`, values);
      }),
    recentEntries: (team, { person, seesPublic }, since, most) =>
      database.read((file) =>
        file
          .rows(
            entryRow,
            `SELECT last_entry AS entry FROM threads
             WHERE team = :team AND last_entry IS NOT NULL AND last_at >= :since
               AND (asker = :person OR (:seesPublic = 1 AND is_public = 1))
             GROUP BY last_entry ORDER BY max(last_at) DESC LIMIT :most`,
            { team, person, seesPublic: seesPublic ? 1 : 0, since, most },
          )
          .map(({ entry }) => entry),
      ),
    lastEntry: (team, channel, asker, since) =>
      database.read((file) => {
        const last = file.row(
          entryRow,
          `SELECT last_entry AS entry FROM threads
           WHERE team = :team AND channel = :channel AND asker = :asker AND last_entry IS NOT NULL AND last_at >= :since
           ORDER BY last_at DESC LIMIT 1`,
          { team, channel, asker, since },
        );
        return last?.entry ?? null;
      }),
    addPerson: (key, person) => database.write((file) => addPerson(file, key, person)),
  };
}

/** Remembers the last reply of a thread as `Threads.put` does, within a unit of work. */
export function putThread(file: Statements, news: ThreadNews): void {
  const { team, channel, thread, lastEntry, lastAt, asker = null, people } = news;
  const put = file.run(
    `INSERT INTO threads (team, channel, thread, last_entry, last_at, asker)
     VALUES (:team, :channel, :thread, :lastEntry, :lastAt, :asker)
     ON CONFLICT DO UPDATE SET last_entry = excluded.last_entry, last_at = excluded.last_at,
       asker = coalesce(excluded.asker, threads.asker)
     WHERE excluded.last_at >= threads.last_at`,
    { team, channel, thread, lastEntry, lastAt, asker },
  );
  if (people === undefined) return;
  if (put === 1) file.run(`DELETE FROM thread_people WHERE ${ofThread}`, { team, channel, thread });
  for (const person of people) addPerson(file, news, person);
}

function addPerson(file: Statements, { team, channel, thread }: ThreadKey, person: string): boolean {
  const added = file.run(
    `INSERT INTO thread_people (team, channel, thread, person)
     SELECT team, channel, thread, :person FROM threads WHERE ${ofThread}
     ON CONFLICT DO NOTHING`,
    { team, channel, thread, person },
  );
  return added === 1;
}
