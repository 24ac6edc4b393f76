import type { Store } from '../../store/store.ts';
import type { GapCluster, GapScope, ReportWay, WeeklyReport } from '../open-questions.ts';

const day = 24 * 60 * 60 * 1000;
const week = 7 * day;
/** Milliseconds after which whoever took a report on and has said nothing has died: a post takes less, waits included. */
const longestPost = 10 * 60_000;
/** How far back a report goes that makes up for weeks without one, in milliseconds. */
const longestReport = 5 * week;
/** Weeks begin on Monday at eight, UTC: 1970 began on a Thursday. */
const firstWeek = 4 * day + 8 * 60 * 60 * 1000;

/**
 * Posts a team's weekly report, exactly once: whoever claims the week in the store posts, and gives it back where that
 * fails.
 * @param now milliseconds since 1970
 * @returns whether it was posted
 * @throws StoreUnavailable, and what `way` throws; then the next call tries again
 */
export async function postWeekly(
  { digests }: Pick<Store, 'digests'>,
  report: (scope: GapScope) => Promise<readonly GapCluster[]>,
  { team, now }: { readonly team: string; readonly now: number },
  way: ReportWay,
): Promise<boolean> {
  await settleAbandoned(digests, team, now, way);
  const claim = { week: Math.floor((now - firstWeek) / week), at: now };
  if (!(await digests.claim(team, claim.week, now))) return false;
  try {
    const since = Math.max((await digests.reportedUntil(team)) ?? now - week, now - longestReport);
    const weekly: WeeklyReport = { week: claim.week, since, now, clusters: await report({ team, since, now }) };
    const open = weekly.clusters.length > 0;
    if (open) await way.post(weekly);
    await digests.settle(team, claim, 'posted');
    return open;
  } catch (error) {
    await digests.release(team, claim);
    throw error;
  }
}

/**
 * Finds out what became of reports whose process died while it posted. Where nobody can tell it is not posted again, and
 * what it told of comes with the next one.
 */
async function settleAbandoned(digests: Store['digests'], team: string, now: number, way: ReportWay): Promise<void> {
  for (const claim of await digests.abandoned(team, now - longestPost)) {
    const found = await way.find(claim, claim.at - longestPost, claim.at + longestPost);
    if (found === false) await digests.release(team, claim);
    else await digests.settle(team, claim, found === null ? 'unclear' : 'posted');
  }
}
