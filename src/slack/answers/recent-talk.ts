import type { ThreadKey } from '../../assistant/conversations.ts';

/** What is kept at most, in memory alone: threads, messages of each beside the first, characters of each, and how long. */
const most = { threads: 500, later: 8, characters: 600, milliseconds: 60 * 60_000 } as const;

/** A message of a thread. */
export interface Spoken {
  /** Its timestamp, which orders it. */
  readonly ts: string;
  readonly text: string;
}

/** What was written lately in threads, and what the bot offered there: nothing of it is written down. */
export interface RecentTalk {
  /** Notes what somebody wrote. */
  note(thread: ThreadKey, spoken: Spoken): void;
  /** Notes that a message was changed; one without words is forgotten. */
  change(thread: ThreadKey, spoken: Spoken): void;
  /**
   * What was written in a thread before a message, oldest first.
   * @returns null where its beginning is not known
   */
  before(thread: ThreadKey, ts: string): readonly string[] | null;
  /** Notes which entries the last reply offered. @param thread or what else the next message is known by */
  offer(thread: ThreadKey, entries: readonly string[]): void;
  /** Those entries; null where none is known. */
  offered(thread: ThreadKey): readonly string[] | null;
  /** Notes that a hint is given in a thread. @returns false where one was given since the bot last offered something */
  takeHint(thread: ThreadKey): boolean;
  /** Forgets all of a workspace. */
  forgetTeam(team: string): void;
}

interface Thread {
  readonly team: string;
  readonly began: string;
  at: number;
  spoken: Spoken[];
  offered: readonly string[] | null;
  hinted: boolean;
}

/** Makes the memory. @param now milliseconds since 1970 */
export function createRecentTalk(now: () => number = Date.now): RecentTalk {
  const threads = new Map<string, Thread>();
  const keyOf = ({ team, channel, thread }: ThreadKey) => `${team}/${channel}/${thread}`;

  function find(key: ThreadKey): Thread | undefined {
    const found = threads.get(keyOf(key));
    return found !== undefined && now() - found.at < most.milliseconds ? found : undefined;
  }

  /** Whatever was used last stands last, so that the oldest go first. */
  function open(key: ThreadKey): Thread {
    const thread = find(key) ?? { team: key.team, began: key.thread, at: 0, spoken: [], offered: null, hinted: false };
    thread.at = now();
    threads.delete(keyOf(key));
    threads.set(keyOf(key), thread);
    for (const [oldest, { at }] of threads) {
      if (threads.size <= most.threads && now() - at < most.milliseconds) break;
      threads.delete(oldest);
    }
    return thread;
  }

  function put(thread: Thread, { ts, text }: Spoken): void {
    const others = thread.spoken.filter((each) => each.ts !== ts);
    const own = text === '' ? [] : [{ ts, text: text.slice(0, most.characters).toWellFormed() }];
    const all = [...others, ...own].sort((one, other) => Number(one.ts) - Number(other.ts));
    const later = all.filter((each) => each.ts !== thread.began).slice(-most.later);
    thread.spoken = [...all.filter((each) => each.ts === thread.began), ...later];
  }

  return {
    note: (key, spoken) => put(open(key), spoken),
    change(key, spoken) {
      const thread = find(key);
      if (thread?.spoken.some(({ ts }) => ts === spoken.ts) === true) put(thread, spoken);
    },
    before(key, ts) {
      const spoken = find(key)?.spoken ?? [];
      if (spoken[0]?.ts !== key.thread) return null;
      return spoken.filter((each) => Number(each.ts) < Number(ts)).map(({ text }) => text);
    },
    offer(key, entries) {
      const thread = open(key);
      thread.offered = entries;
      thread.hinted = false;
    },
    takeHint(key) {
      const thread = open(key);
      const first = !thread.hinted;
      thread.hinted = true;
      return first;
    },
    offered: (key) => find(key)?.offered ?? null,
    forgetTeam(team) {
      for (const [key, thread] of threads) if (thread.team === team) threads.delete(key);
    },
  };
}
