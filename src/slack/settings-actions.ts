import type { WebClient } from '@slack/web-api';
import { SettingsInvalid } from '../store/store-error.ts';
import { actionIds } from './action-ids.ts';
import { noticeView } from './entry-view.ts';
import type { Submission, SubmissionAnswer } from './handle-views.ts';
import { isAdmin } from './is-admin.ts';
import { type ActionHandlers, showModal } from './pressed.ts';
import { publishHome } from './publish-home.ts';
import { readSettings, refusalErrors, settingsView } from './settings-view.ts';
import type { SurfaceParts } from './slack-surface.ts';

const adminsOnly = 'Only admins of Dockproof change its settings.';

/** The button that opens the settings, for admins. */
export function settingsActions(parts: SurfaceParts): ActionHandlers {
  return {
    async [actionIds.settings](press) {
      const { client, who } = press;
      if (!(await isAdmin(parts, client, who))) return showModal(press, noticeView(adminsOnly));
      await showModal(press, settingsView(parts.store.settings.get(who.team).settings));
    },
  };
}

/**
 * Keeps the settings that came back. Whoever sends them must be an admin now, whatever they were when they opened them.
 */
export async function takeSettings(
  parts: SurfaceParts,
  client: WebClient,
  { who, values }: Submission,
): Promise<SubmissionAnswer> {
  const { store, log } = parts;
  if (!(await isAdmin(parts, client, who))) return { notice: adminsOnly };
  try {
    const input = readSettings(values, store.settings.get(who.team).settings);
    if (input.type === 'outdated') return 'outdated';
    if (input.type === 'errors') return { errors: input.errors };
    store.settings.put(who.team, input.changes);
  } catch (error) {
    if (error instanceof SettingsInvalid) return { errors: refusalErrors(error) };
    log.error({ error: String(error) }, 'settings could not be kept');
    return { errors: { admins: 'I could not keep this just now. Please save it again in a moment.' } };
  }
  log.info({ team: who.team, person: who.user }, 'the settings of a team have changed');
  void publishHome(parts, client, who).catch((error: unknown) =>
    log.warn({ error: String(error) }, 'the home of an admin stays as it was'),
  );
  return 'done';
}
