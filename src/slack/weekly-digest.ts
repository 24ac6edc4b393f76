import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { DigestClaim } from '../store/digests.ts';
import { gapMessages } from './gap-message.ts';
import { post, postAll } from './post.ts';
import { settingsOf } from './settings-of.ts';
import type { SurfaceParts } from './slack-surface.ts';
import type { Workspace } from './workspaces.ts';

const day = 24 * 60 * 60 * 1000;
const week = 7 * day;
/** Milliseconds between two looks whether a report is due. */
const interval = 5 * 60_000;
/** Milliseconds after which whoever took a report on and has said nothing has died: calls of Slack take less, waits that it asks for included. */
const longestPost = 10 * 60_000;
/** How far back a report goes that makes up for weeks without one. */
const longestReport = 5 * week;
/** Weeks begin on Monday at eight, UTC: 1970 began on a Thursday. */
const firstWeek = 4 * day + 8 * 60 * 60 * 1000;

/** What Slack keeps with a report, hidden from people, so that it can be found again. */
const reportType = 'dockproof_weekly_report';
const historySchema = z.object({
  messages: z
    .array(
      z.object({
        metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
      }),
    )
    .default([]),
});

/**
 * Posts a team's weekly report where one is wanted, exactly once a week: whoever claims the week in the store posts, and
 * gives it back where that fails. It goes back to the report before, so that weeks in which nothing ran are made up for.
 * A time in which nothing was left open has no report.
 * @param now milliseconds since 1970
 * @returns whether it was posted
 * @throws StoreUnavailable, or the client's error; then the next call tries again
 */
export async function postDigest(parts: SurfaceParts, { team, client }: Workspace, now: number): Promise<boolean> {
  const { assistant, store } = parts;
  const { digestChannel: channel } = await settingsOf(parts, team);
  if (channel === null) return false;
  for (const claim of await store.digests.abandoned(team, now - longestPost))
    await clearUp(parts, { team, client }, channel, claim);
  const claim = { week: Math.floor((now - firstWeek) / week), at: now };
  if (!(await store.digests.claim(team, claim.week, now))) return false;
  try {
    const since = Math.max((await store.digests.reportedUntil(team)) ?? now - week, now - longestReport);
    const clusters = await assistant.reportGaps(store, { team, since, now });
    const [first, ...others] = clusters.length === 0 ? [] : gapMessages(titleOf(since, now), clusters, assistant);
    if (first) {
      const metadata = { event_type: reportType, event_payload: { week: claim.week } };
      await post(client, { channel }, first, metadata);
    }
    await store.digests.settle(team, claim, 'posted');
    await postAll(client, { channel }, others);
    return first !== undefined;
  } catch (error) {
    await store.digests.release(team, claim);
    throw error;
  }
}

/**
 * Finds out what became of a report whose process died while it posted. Where the channel cannot be read it is not
 * posted again, and what it told of comes with the next one.
 */
async function clearUp(
  { store, log }: SurfaceParts,
  { team, client }: Workspace,
  channel: string,
  claim: DigestClaim,
): Promise<void> {
  try {
    if (await isPosted(client, channel, claim)) await store.digests.settle(team, claim, 'posted');
    else await store.digests.release(team, claim);
  } catch (error) {
    log.warn(
      { team, error: String(error) },
      'nobody can tell whether a weekly report was posted; the next one goes back further',
    );
    await store.digests.settle(team, claim, 'unclear');
  }
}

/** @throws the client's error, for example without the optional scope that lets the bot read the channel */
async function isPosted(client: WebClient, channel: string, { week: number, at }: DigestClaim): Promise<boolean> {
  const oldest = String(Math.floor((at - longestPost) / 1000));
  const latest = String(Math.ceil((at + longestPost) / 1000));
  const told = await client.conversations.history({ channel, oldest, latest, limit: 200, include_all_metadata: true });
  return historySchema
    .parse(told)
    .messages.some(({ metadata }) => metadata?.event_type === reportType && metadata.event_payload.week === number);
}

function titleOf(since: number, now: number): string {
  if (now - since < week + day) return 'What I could not answer in the last seven days';
  const date = new Date(since).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return `What I could not answer since ${date}`;
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
