import { setTimeout as sleep } from 'node:timers/promises';
import type { Workspace } from '../install/workspaces.ts';
import type { Needs } from '../parts.ts';
import { showHelp, tellHelp } from './help-state.ts';
import { postDigest } from './weekly-digest.ts';

/** Milliseconds between two looks at what is due. */
const interval = 5 * 60_000;

/** Tells answers of people that could not be told when they came. @throws StoreUnavailable, or the client's error */
export async function tellLateAnswers(
  parts: Needs<'assistant' | 'log' | 'people'>,
  { team, client }: Workspace,
): Promise<void> {
  for (const request of await parts.assistant.help.untold(team)) {
    await tellHelp(parts, client, request);
    await showHelp(parts, client, team, request.id);
  }
}

/** Posts what is due in all workspaces, weekly reports and late answers, until the signal. */
export async function keepPostingDue(
  parts: Needs<'assistant' | 'log' | 'people'>,
  workspaces: () => Promise<readonly Workspace[]>,
  signal: AbortSignal,
): Promise<void> {
  const failed = (what: string) => (error: unknown) =>
    parts.log.warn({ error }, `${what} could not be posted; it is tried again`);
  while (!signal.aborted) {
    try {
      // One workspace that cannot be written to keeps no other from what is due there.
      for (const workspace of await workspaces()) {
        await tellLateAnswers(parts, workspace).catch(failed('the answer of a person'));
        await postDigest(parts, workspace, Date.now()).catch(failed('a weekly report'));
      }
    } catch (error) {
      failed('what is due')(error);
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}
