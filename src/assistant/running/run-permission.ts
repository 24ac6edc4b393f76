import type { RunBudget } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { Demos, RunRequest } from '../assistant.ts';
import { AssistantError } from '../assistant-error.ts';
import type { TeamSettings } from '../team-settings.ts';

/** The settings that permission goes by. */
export type PermissionSettings = Pick<
  TeamSettings,
  'demoPeople' | 'demoChannels' | 'dailyDemoBudget' | 'guestsMayRunDemos'
>;

/** What is permitted, in the words of a refusal. */
export interface Permitted {
  /** As in "guests do not …". */
  readonly doing: string;
  /** As in "ask somebody to …". */
  readonly once: string;
  /** As in "… do not run in this channel". */
  readonly here: string;
}

const runs: Permitted = { doing: 'run demos', once: 'run it', here: 'Demos do not run in this channel. Run it' };

/** Tells who may run a demo now. */
export interface Permits {
  /**
   * The team's settings decide; where there is no store, what the environment says.
   * @returns the budget that the run counts towards
   * @throws AssistantError `not-allowed`; StoreUnavailable
   */
  permit(request: Pick<RunRequest, 'who' | 'where'>): Promise<RunBudget | undefined>;
  readonly checkRun: Demos['checkRun'];
}

/**
 * Makes what tells who may run a demo.
 * @param defaults what is in force where there is no store
 * @param permitted what else than running demos is permitted to the same people in the same places
 */
export function createPermits(
  store: () => Promise<Pick<Store, 'runs' | 'settings'> | null>,
  defaults: PermissionSettings,
  permitted: Permitted = runs,
): Permits {
  async function permit(request: Pick<RunRequest, 'who' | 'where'>): Promise<RunBudget | undefined> {
    const { team } = request.who;
    if (team === undefined) return undefined;
    const opened = await store();
    const settings = opened === null ? defaults : (await opened.settings.get(team)).settings;
    checkPermission(request, settings, permitted);
    return budgetOf(settings, Date.now());
  }
  return {
    permit,
    async checkRun(request) {
      const budget = await permit(request);
      const { team } = request.who;
      if (budget === undefined || team === undefined) return;
      const ran = (await (await store())?.runs.countSince({ team }, budget.since)) ?? 0;
      if (ran >= budget.most) throw budgetSpent(budget.most);
    },
  };
}

/**
 * Refuses what the team's settings do not allow, whatever ran before it.
 * @throws AssistantError `not-allowed`, saying what to do
 */
function checkPermission(
  { who, where }: Pick<RunRequest, 'who' | 'where'>,
  { demoPeople, demoChannels, guestsMayRunDemos }: PermissionSettings,
  { doing, once, here }: Permitted,
): void {
  if (who.guest === true && !guestsMayRunDemos) {
    throw new AssistantError(
      'not-allowed',
      `Guests and people of other workspaces get answers here, but do not ${doing}. Ask somebody of this workspace to ${once}`,
    );
  }
  if (who.guest === null && !guestsMayRunDemos) {
    throw new AssistantError(
      'not-allowed',
      `I cannot tell whether you are a guest here, and guests do not ${doing}. Try again in a minute; if it stays so, an admin can give me the scope users:read, or allow guests`,
    );
  }
  if (!lists(demoPeople, who.id)) {
    throw new AssistantError(
      'not-allowed',
      `Only certain people may ${doing} here, and you are not one of them. Ask an admin of Dockproof`,
    );
  }
  if (!lists(demoChannels, where.id)) {
    throw new AssistantError('not-allowed', `${here} in another one, or ask an admin of Dockproof`);
  }
}

/**
 * How many runs of a team may start today.
 * @param now milliseconds since 1970
 * @returns undefined where there is no limit
 */
function budgetOf({ dailyDemoBudget }: PermissionSettings, now: number): RunBudget | undefined {
  return dailyDemoBudget === null ? undefined : { since: startOfDay(now), most: dailyDemoBudget };
}

/** The refusal of a run beyond the budget. @param most the demos a day */
export function budgetSpent(most: number): AssistantError {
  const message = `Today's ${most} demos have been run. The count starts anew at midnight UTC; an admin of Dockproof can raise it`;
  return new AssistantError('budget-spent', message);
}

/** An empty list means everybody, or everywhere. Ids of people and places end in Slack's. */
function lists(list: readonly string[], id: string): boolean {
  return list.length === 0 || list.some((item) => id === item || id.endsWith(`:${item}`));
}

function startOfDay(now: number): number {
  return new Date(now).setUTCHours(0, 0, 0, 0);
}
