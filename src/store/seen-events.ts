import { type Database, patience } from './database.ts';

/** Which events were taken, so that one that comes again, here or to another process, is answered once. */
export interface SeenEvents {
  /**
   * Takes an event.
   * @param event what tells it apart in its channel: a message's timestamp, or an event id
   * @param at milliseconds since 1970
   * @returns true exactly once, across all processes on the file
   * @throws StoreUnavailable
   */
  take(team: string, channel: string, event: string, at: number): Promise<boolean>;
}

/** Makes the seen events of an open store. */
export function createSeenEvents(database: Database): SeenEvents {
  return {
    take: (team, channel, event, at) =>
      database.write(
        (file) =>
          file.run(
            'INSERT OR IGNORE INTO seen_events (team, channel, event, at) VALUES (:team, :channel, :event, :at)',
            {
              ...{ team, channel, event, at },
            },
          ) === 1,
        patience.unhurried,
      ),
  };
}
