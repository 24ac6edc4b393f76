import { z } from 'zod';
import { settings } from './settings.ts';
import type { KindValues, TeamSetting } from './team-setting.ts';

/** The settings that a team may change, in the order in which a window shows them. */
export const teamRows = settings.team;

export type TeamRows = typeof teamRows;

/** A team's settings. */
export type TeamSettings = { readonly [Key in keyof TeamRows]: KindValues[TeamRows[Key]['kind']] };

/** What a team has set, over the defaults. A setting that is `undefined` goes back to its default. */
export type SettingsChanges = { readonly [Key in keyof TeamSettings]?: TeamSettings[Key] | undefined };

/** All settings of a team. Unknown keys are refused. */
export const teamSettingsSchema = z.strictObject(keptOf(teamRows));

/** Some of them. */
export const changesSchema = teamSettingsSchema.partial();

function keptOf<Rows extends Readonly<Record<string, TeamSetting>>>(rows: Rows) {
  // Object.fromEntries forgets which key has which schema.
  return Object.fromEntries(Object.entries(rows).map(([key, { kept }]) => [key, kept])) as {
    readonly [Key in keyof Rows]: Rows[Key]['kept'];
  };
}
