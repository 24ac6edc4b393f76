import type { ActionsBlock } from '@slack/types';
import { ZodError } from 'zod';
import type { SettingsInvalid } from '../../assistant/assistant-error.ts';
import type { SettingsInForce, TeamSettings } from '../../assistant/team-settings.ts';
import { teamRows } from '../../settings/team-settings.ts';
import { button, plainElement } from '../blocks/elements.ts';
import { actionIds, viewIds } from '../presses/action-ids.ts';
import type { Modal } from '../transport/send-view.ts';
import { fieldOf, isShownAs } from './settings-field.ts';

/**
 * Shows a team's settings for an admin to change. Each field's block and action bear the field's name.
 * @param own whether the team has set anything itself, which it then can take back
 */
export function settingsView({ settings, own }: Pick<SettingsInForce, 'settings' | 'own'>): Modal {
  const values = new Map<string, unknown>(Object.entries(settings));
  return {
    type: 'modal',
    callback_id: viewIds.settings,
    title: plainElement('Settings'),
    submit: plainElement('Save'),
    close: plainElement('Cancel'),
    blocks: [
      ...Object.entries(teamRows).flatMap(([key, row]) => fieldOf(row).show(key, row, values.get(key))),
      ...(own ? [resetBlock()] : []),
    ],
  };
}

/** Takes back all that was set here, after a second question. */
function resetBlock(): ActionsBlock {
  const confirm = {
    title: plainElement('Go back to the environment’s settings?'),
    text: plainElement(
      'All that was set in this window is forgotten. Whoever is an admin only by it is none any more.',
    ),
    confirm: plainElement('Go back'),
    deny: plainElement('Keep them'),
    style: 'danger' as const,
  };
  const back = button(actionIds.resetSettings, 'Forget these settings', 'reset');
  return { type: 'actions', elements: [{ ...back, style: 'danger', confirm }] };
}

/** What came back: what changes, what is to be corrected by field, or nothing that this version knows. */
export type SettingsInput =
  | { readonly type: 'changes'; readonly changes: Readonly<Record<string, unknown>> }
  | { readonly type: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly type: 'outdated' };

/**
 * Reads what an admin put in. Only what differs from what was shown is a change, so that the environment's defaults
 * stay in force for the rest.
 */
export function readSettings(values: unknown, shown: TeamSettings): SettingsInput {
  const before = new Map<string, unknown>(Object.entries(shown));
  const changes: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  try {
    for (const [key, row] of Object.entries(teamRows)) {
      const input = fieldOf(row).read(key, row, values);
      if ('error' in input) errors[input.error.block] = input.error.text;
      else if (!isShownAs(before.get(key), input.value)) changes[key] = input.value;
    }
  } catch (error) {
    if (error instanceof ZodError) return { type: 'outdated' };
    throw error;
  }
  return Object.keys(errors).length > 0 ? { type: 'errors', errors } : { type: 'changes', changes };
}

/** What is wrong with settings that the store refuses, under the first field. */
export function refusalErrors(error: SettingsInvalid): Readonly<Record<string, string>> {
  return { admins: error.problems.join('; ').slice(0, 1000) };
}
