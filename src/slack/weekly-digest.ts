import { setTimeout as sleep } from 'node:timers/promises';
import { gapMessages } from './gap-message.ts';
import { postAll } from './post.ts';
import { settingsOf } from './settings-of.ts';
import type { SurfaceParts } from './slack-surface.ts';
import type { Workspace } from './workspaces.ts';

const day = 24 * 60 * 60 * 1000;
const week = 7 * day;
/** Milliseconds between two looks whether a report is due. */
const interval = 15 * 60_000;
/** Weeks begin on Monday at eight, UTC: 1970 began on a Thursday. */
const firstWeek = 4 * day + 8 * 60 * 60 * 1000;

/**
 * Posts a team's weekly report where one is wanted, exactly once a week: whoever takes the week in the store posts, and
 * gives it back where that fails. A week in which nothing was left open has no report.
 * @param now milliseconds since 1970
 * @returns whether it was posted
 * @throws StoreUnavailable, or the client's error; then the next call tries again
 */
export async function postDigest(parts: SurfaceParts, { team, client }: Workspace, now: number): Promise<boolean> {
  const { assistant, store } = parts;
  const channel = settingsOf(parts, team).digestChannel;
  if (channel === null) return false;
  const number = Math.floor((now - firstWeek) / week);
  const event = `week ${number}`;
  // Kept until the week is over: what was taken is pruned by its time.
  if (!store.seenEvents.take(team, 'digest', event, firstWeek + (number + 1) * week)) return false;
  try {
    const clusters = assistant.reportGaps(store, { team, since: now - week, now });
    if (clusters.length === 0) return false;
    await postAll(
      client,
      { channel },
      gapMessages('What I could not answer in the last seven days', clusters, assistant),
    );
    return true;
  } catch (error) {
    store.seenEvents.release(team, 'digest', event);
    throw error;
  }
}

/** Posts the weekly reports of all workspaces when they are due, until the signal. */
export async function keepPostingDigests(
  parts: SurfaceParts,
  workspaces: () => Promise<readonly Workspace[]>,
  signal: AbortSignal,
): Promise<void> {
  const failed = (error: unknown) =>
    parts.log.warn({ error: String(error) }, 'a weekly report could not be posted; it is tried again');
  while (!signal.aborted) {
    try {
      // One workspace that cannot be written to keeps no other from its report.
      for (const workspace of await workspaces()) await postDigest(parts, workspace, Date.now()).catch(failed);
    } catch (error) {
      failed(error);
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}
