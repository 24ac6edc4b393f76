import type { TeamSettings } from '../settings/team-settings.ts';
import type { SettingsInForce } from '../store/team-settings.ts';

export type { SettingsInForce, TeamSettings };

/** What is in force for a team, and why the defaults are although it has set something. */
export interface SettingsNow {
  readonly settings: TeamSettings;
  /** For the log; null where all is well. */
  readonly fault: string | null;
  /** What kept them from being read, where something did. */
  readonly cause?: unknown;
}

/** What teams set for themselves, over the defaults of the environment. */
export interface Settings {
  /** What is in force for a team: the defaults where its settings cannot be read, so that answers still come. */
  now(team: string): Promise<SettingsNow>;
  /** What a team has set. @throws StoreUnavailable */
  read(team: string): Promise<SettingsInForce>;
  /**
   * Changes some settings and leaves the others.
   * @param changes from outside: unknown keys and wrong values are refused
   * @throws SettingsInvalid with every problem at once, or StoreUnavailable; then nothing is changed
   */
  change(team: string, changes: unknown): Promise<void>;
  /** Goes back to the defaults. @throws StoreUnavailable */
  reset(team: string): Promise<void>;
  /**
   * Whether a person is named as an admin: in the environment, or by the team. Who is named in the environment stays one
   * whatever is set, so that nobody locks everybody out.
   */
  namesAdmin(settings: TeamSettings, person: string): boolean;
}
