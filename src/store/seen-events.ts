import type { Database } from './database.ts';

/** Which events were taken, so that one that comes again, here or to another process, is answered once. */
export interface SeenEvents {
  /**
   * Takes an event.
   * @param event what tells it apart in its channel: a message's timestamp, or an event id
   * @param at milliseconds since 1970
   * @returns true exactly once, across all processes on the file
   * @throws StoreUnavailable
   */
  take(team: string, channel: string, event: string, at: number): boolean;
  /** Gives an event back whose work failed, so that it can be taken again. @throws StoreUnavailable */
  release(team: string, channel: string, event: string): void;
}

/** Makes the seen events of an open store. */
export function createSeenEvents(database: Database): SeenEvents {
  return {
    take: (team, channel, event, at) =>
      database.run(
        'INSERT OR IGNORE INTO seen_events (team, channel, event, at) VALUES (:team, :channel, :event, :at)',
        { team, channel, event, at },
      ) === 1,
    release(team, channel, event) {
      database.run('DELETE FROM seen_events WHERE team = :team AND channel = :channel AND event = :event', {
        ...{ team, channel, event },
      });
    },
  };
}
