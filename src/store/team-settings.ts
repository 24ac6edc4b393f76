import { z } from 'zod';
import {
  changesSchema,
  type SettingsChanges,
  type TeamSettings,
  teamSettingsSchema,
} from '../settings/team-settings.ts';
import type { Database, Statements } from './database.ts';
import { jsonOf } from './json-text.ts';
import { SettingsInvalid } from './store-error.ts';

const documentRow = z.object({ document: z.string() });

/** A team's settings as they are in force. */
export interface SettingsInForce {
  readonly settings: TeamSettings;
  /** Why the defaults are in force although the team has settings, for the log and `doctor`; null where all is well. */
  readonly fault: string | null;
  /** Whether the team has set anything itself, whether or not it can be read. */
  readonly own: boolean;
}

/** The settings of each team. Every method throws StoreUnavailable. */
export interface TeamSettingsStore {
  /** What is in force for what a team has not set. */
  readonly defaults: TeamSettings;
  /** What a team has set over the defaults; the defaults alone where what is kept cannot be read. */
  get(team: string): Promise<SettingsInForce>;
  /**
   * Changes some settings and leaves the others. A setting that is `undefined` goes back to its default.
   * @param changes from outside: unknown keys and wrong values are refused
   * @throws SettingsInvalid with every problem at once; then nothing is changed
   */
  put(team: string, changes: unknown): Promise<SettingsInForce>;
  /** Goes back to the defaults. @returns false if the team had no settings */
  remove(team: string): Promise<boolean>;
}

/**
 * Makes the team settings of an open store.
 * @param defaults what is in force for what a team has not set
 */
export function createTeamSettings(database: Database, defaults: TeamSettings): TeamSettingsStore {
  const stored = (file: Statements, team: string): { changes: SettingsChanges; fault: string | null; own: boolean } => {
    const row = file.row(documentRow, 'SELECT document FROM settings WHERE team = :team', { team });
    if (row === null) return { changes: {}, fault: null, own: false };
    const parsed = jsonOf(changesSchema).safeParse(row.document);
    if (parsed.success) return { changes: parsed.data, fault: null, own: Object.keys(parsed.data).length > 0 };
    const reason = problemsOf(parsed.error).join('; ');
    const fault = `The settings of ${team} cannot be read (${reason}). The defaults are in force; save the settings anew`;
    return { changes: {}, fault, own: true };
  };
  const inForce = (changes: SettingsChanges): TeamSettings => teamSettingsSchema.parse({ ...defaults, ...changes });
  const get = (file: Statements, team: string): SettingsInForce => {
    const { changes, fault, own } = stored(file, team);
    return { settings: inForce(changes), fault, own };
  };
  return {
    defaults,
    get: (team) => database.read((file) => get(file, team)),
    async put(team, changes) {
      const parsed = changesSchema.safeParse(changes);
      if (!parsed.success) throw new SettingsInvalid(problemsOf(parsed.error), { cause: parsed.error });
      return database.write((file) => {
        const merged = { ...stored(file, team).changes, ...parsed.data };
        file.run(
          `INSERT INTO settings (team, document) VALUES (:team, :document)
           ON CONFLICT DO UPDATE SET document = excluded.document`,
          { team, document: JSON.stringify(merged) },
        );
        return get(file, team);
      });
    },
    remove: (team) => database.write((file) => file.run('DELETE FROM settings WHERE team = :team', { team }) === 1),
  };
}

function problemsOf(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
}
