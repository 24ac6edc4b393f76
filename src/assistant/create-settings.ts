import type { Store } from '../store/store.ts';
import type { Settings, SettingsNow, TeamSettings } from './team-settings.ts';

/**
 * Makes the settings of teams.
 * @param defaults what is in force for what a team has not set
 */
export function createSettings(store: () => Promise<Pick<Store, 'settings'>>, defaults: TeamSettings): Settings {
  return {
    async now(team): Promise<SettingsNow> {
      try {
        const { settings, fault } = await (await store()).settings.get(team);
        return { settings, fault };
      } catch (cause) {
        const fault = 'The settings of a team cannot be read; the defaults are in force';
        return { settings: defaults, fault, cause };
      }
    },
    read: async (team) => (await store()).settings.get(team),
    change: async (team, changes) => void (await (await store()).settings.put(team, changes)),
    reset: async (team) => void (await (await store()).settings.remove(team)),
    namesAdmin: ({ admins }, person) => admins.includes(person) || defaults.admins.includes(person),
  };
}
