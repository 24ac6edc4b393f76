import type { TeamSettings } from '../../assistant/team-settings.ts';
import type { SlackParts } from '../parts.ts';

/** What a team has set; the defaults where its settings cannot be read, which is told in the log. */
export async function settingsOf(
  { assistant, log }: Pick<SlackParts, 'assistant' | 'log'>,
  team: string,
): Promise<TeamSettings> {
  const { settings, fault, cause } = await assistant.settings.now(team);
  if (cause !== undefined) log.error({ team, error: cause }, fault ?? '');
  else if (fault !== null) log.warn({ team }, fault);
  return settings;
}
