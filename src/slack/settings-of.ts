import type { TeamSettings } from '../store/team-settings.ts';
import type { SlackParts } from './slack-surface.ts';

/** What a team has set; the defaults where its settings cannot be read, so that answers still come. */
export async function settingsOf(
  { store, log }: Pick<SlackParts, 'store' | 'log'>,
  team: string,
): Promise<TeamSettings> {
  try {
    const { settings, fault } = await store.settings.get(team);
    if (fault !== null) log.warn({ team }, fault);
    return settings;
  } catch (error) {
    log.error({ team, error: String(error) }, 'the settings of a team cannot be read; the defaults are in force');
    return store.settings.defaults;
  }
}
