import type { WebClient } from '@slack/web-api';
import { SettingsInvalid } from '../../assistant/assistant-error.ts';
import { noticeView } from '../answers/entry-view.ts';
import { plainMessage } from '../blocks/message.ts';
import { publishHome } from '../home/publish-home.ts';
import type { Needs } from '../parts.ts';
import type { Requester } from '../people/requester.ts';
import { type ActionHandlers, showModal } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import type { Submission, SubmissionAnswer } from '../presses/submission.ts';
import { isAdmin } from './is-admin.ts';
import { readSettings, refusalErrors, settingsView } from './settings-view.ts';

const adminsOnly = 'Only admins of Dockproof change its settings.';

const resetWords = 'The environment’s settings are in force again. Close this window; Settings shows them.';

/** The buttons that open the settings and take them back, for admins. */
export function settingsActions(parts: Needs<'assistant' | 'log' | 'people'>) {
  return {
    async [actionIds.settings](press) {
      const { client, who } = press;
      if (!(await isAdmin(parts, client, who))) return showModal(press, noticeView(adminsOnly));
      await showModal(press, settingsView(await parts.assistant.settings.read(who.team)));
    },
    async [actionIds.resetSettings](press) {
      const { client, who, tell } = press;
      if (!(await isAdmin(parts, client, who))) return showModal(press, noticeView(adminsOnly));
      await parts.assistant.settings.reset(who.team);
      parts.log.info({ team: who.team, person: who.user }, 'the settings of a team were taken back');
      // A notice, since Slack keeps what stands in fields when it updates a window.
      await showModal(press, noticeView(resetWords)).catch(() => tell(plainMessage(resetWords)));
      refreshHome(parts, client, who);
    },
  } satisfies Partial<ActionHandlers>;
}

/**
 * Keeps the settings that came back. Whoever sends them must be an admin now, whatever they were when they opened them.
 */
export async function takeSettings(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  { who, values }: Submission,
): Promise<SubmissionAnswer> {
  const { log } = parts;
  const { settings } = parts.assistant;
  if (!(await isAdmin(parts, client, who))) return { notice: adminsOnly };
  try {
    const input = readSettings(values, (await settings.read(who.team)).settings);
    if (input.type === 'outdated') return 'outdated';
    if (input.type === 'errors') return { errors: input.errors };
    await settings.change(who.team, input.changes);
  } catch (error) {
    if (error instanceof SettingsInvalid) return { errors: refusalErrors(error) };
    log.error({ error }, 'settings could not be kept');
    return { errors: { admins: 'I could not keep this just now. Please save it again in a moment.' } };
  }
  log.info({ team: who.team, person: who.user }, 'the settings of a team have changed');
  refreshHome(parts, client, who);
  return 'done';
}

function refreshHome(parts: Needs<'assistant' | 'log' | 'people'>, client: WebClient, who: Requester): void {
  void publishHome(parts, client, who).catch((error: unknown) =>
    parts.log.warn({ error }, 'the home of an admin stays as it was'),
  );
}
