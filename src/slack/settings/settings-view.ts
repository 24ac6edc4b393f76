import type {
  ActionsBlock,
  ConversationsSelect,
  InputBlock,
  MultiConversationsSelect,
  MultiUsersSelect,
  UsersSelect,
} from '@slack/types';
import { z } from 'zod';
import type { SettingsInvalid } from '../../assistant/assistant-error.ts';
import type { SettingsChanges, SettingsInForce, TeamSettings } from '../../assistant/team-settings.ts';
import { button, plainElement } from '../blocks/elements.ts';
import { actionIds, viewIds } from '../presses/action-ids.ts';
import type { Modal } from '../transport/send-view.ts';

/** People or channels that a field shows at most. */
const mostShown = 100;
const largestBudget = 1_000_000;
const guestOptions = { no: 'Answers only', yes: 'Answers and demos' } as const;

/**
 * Shows a team's settings for an admin to change. Each field's block and action bear the field's name.
 * @param own whether the team has set anything itself, which it then can take back
 */
export function settingsView({ settings, own }: Pick<SettingsInForce, 'settings' | 'own'>): Modal {
  const { askHuman, digestChannel, dailyDemoBudget } = settings;
  const person = askHuman !== null && /^[UW]/.test(askHuman);
  const budget = dailyDemoBudget === null ? {} : { initial_value: String(dailyDemoBudget) };
  return {
    type: 'modal',
    callback_id: viewIds.settings,
    title: plainElement('Settings'),
    submit: plainElement('Save'),
    close: plainElement('Cancel'),
    blocks: [
      input('Admins', 'They may change these settings and see the open questions.', people('admins', settings.admins)),
      input('Who may run demos', 'Empty means everybody.', people('demoPeople', settings.demoPeople)),
      input('Channels for demos', 'Empty means everywhere.', channels('demoChannels', settings.demoChannels)),
      input('Channels to answer in', 'Empty means all I am in.', channels('answerChannels', settings.answerChannels)),
      input('Guests and people of connected workspaces get', null, {
        type: 'radio_buttons',
        action_id: 'guests',
        options: [option('no'), option('yes')],
        initial_option: option(settings.guestsMayRunDemos ? 'yes' : 'no'),
      }),
      input('Demos a day', 'Empty means no limit.', {
        type: 'number_input',
        action_id: 'budget',
        is_decimal_allowed: false,
        min_value: '0',
        max_value: String(largestBudget),
        ...budget,
      }),
      input(
        'Channel for questions that need a human',
        'Invite me there.',
        channel('askChannel', person ? null : askHuman),
      ),
      input('Or a person for them', null, onePerson('askPerson', person ? askHuman : null)),
      input(
        'Channel for the weekly report of open questions',
        'Invite me there.',
        channel('digestChannel', digestChannel),
      ),
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
  const back = button(actionIds.resetSettings, 'Go back to the environment’s settings', 'reset');
  return { type: 'actions', elements: [{ ...back, style: 'danger', confirm }] };
}

const ids = z.array(z.string()).default([]);
const users = z.object({ selected_users: ids });
const conversations = z.object({ selected_conversations: ids });
const oneConversation = z.object({ selected_conversation: z.string().nullish() });
const valuesSchema = z.object({
  admins: z.object({ admins: users }),
  demoPeople: z.object({ demoPeople: users }),
  demoChannels: z.object({ demoChannels: conversations }),
  answerChannels: z.object({ answerChannels: conversations }),
  guests: z.object({ guests: z.object({ selected_option: z.object({ value: z.enum(['no', 'yes']) }) }) }),
  budget: z.object({ budget: z.object({ value: z.string().nullish() }) }),
  askChannel: z.object({ askChannel: oneConversation }),
  askPerson: z.object({ askPerson: z.object({ selected_user: z.string().nullish() }) }),
  digestChannel: z.object({ digestChannel: oneConversation }),
});

/** What came back: what changes, what is to be corrected by field, or nothing that this version knows. */
export type SettingsInput =
  | { readonly type: 'changes'; readonly changes: SettingsChanges }
  | { readonly type: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly type: 'outdated' };

/**
 * Reads what an admin put in. Only what differs from what was shown is a change, so that the environment's defaults
 * stay in force for the rest.
 */
export function readSettings(values: unknown, shown: TeamSettings): SettingsInput {
  const parsed = valuesSchema.safeParse(values);
  if (!parsed.success) return { type: 'outdated' };
  const { admins, demoPeople, demoChannels, answerChannels, guests, budget, askChannel, askPerson, digestChannel } =
    parsed.data;
  const errors: Record<string, string> = {};
  const [toChannel, toPerson] = [askChannel.askChannel.selected_conversation, askPerson.askPerson.selected_user];
  if (toChannel && toPerson) errors.askPerson = 'Choose a channel or a person, not both.';
  const demos = budget.budget.value?.trim() ? Number(budget.budget.value) : null;
  if (demos !== null && !(Number.isInteger(demos) && demos >= 0 && demos <= largestBudget))
    errors.budget = `Write a whole number from 0 to ${largestBudget}, or nothing.`;
  if (Object.keys(errors).length > 0) return { type: 'errors', errors };
  const wanted: TeamSettings = {
    admins: admins.admins.selected_users,
    demoPeople: demoPeople.demoPeople.selected_users,
    demoChannels: demoChannels.demoChannels.selected_conversations,
    answerChannels: answerChannels.answerChannels.selected_conversations,
    guestsMayRunDemos: guests.guests.selected_option.value === 'yes',
    dailyDemoBudget: demos,
    askHuman: toChannel || toPerson || null,
    digestChannel: digestChannel.digestChannel.selected_conversation || null,
  };
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const before = new Map<string, unknown>(Object.entries(shown));
  const changed = Object.entries(wanted).filter(([name, value]) => {
    const old = before.get(name);
    return !same(Array.isArray(old) ? old.slice(0, mostShown) : old, value);
  });
  return { type: 'changes', changes: Object.fromEntries(changed) };
}

/** What is wrong with settings that the store refuses, under the first field. */
export function refusalErrors(error: SettingsInvalid): Readonly<Record<string, string>> {
  return { admins: error.problems.join('; ').slice(0, 1000) };
}

/** The block bears the name of its field. */
function input(label: string, hint: string | null, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: element.action_id ?? '',
    optional: true,
    label: plainElement(label),
    ...(hint === null ? {} : { hint: plainElement(hint) }),
    element,
  };
}

function people(name: string, selected: readonly string[]): MultiUsersSelect {
  const initial = selected.length > 0 ? { initial_users: selected.slice(0, mostShown) } : {};
  return { type: 'multi_users_select', action_id: name, ...initial };
}

const filter: NonNullable<ConversationsSelect['filter']> = { include: ['public', 'private'], exclude_bot_users: true };

function channels(name: string, selected: readonly string[]): MultiConversationsSelect {
  const initial = selected.length > 0 ? { initial_conversations: selected.slice(0, mostShown) } : {};
  return { type: 'multi_conversations_select', action_id: name, filter, ...initial };
}

function channel(name: string, selected: string | null): ConversationsSelect {
  const initial = selected === null ? {} : { initial_conversation: selected };
  return { type: 'conversations_select', action_id: name, filter, ...initial };
}

function onePerson(name: string, selected: string | null): UsersSelect {
  return { type: 'users_select', action_id: name, ...(selected === null ? {} : { initial_user: selected }) };
}

function option(value: keyof typeof guestOptions) {
  return { text: plainElement(guestOptions[value]), value };
}
