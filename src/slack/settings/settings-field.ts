import type { ConversationsSelect, InputBlock } from '@slack/types';
import { z } from 'zod';
import type { KindValues } from '../../settings/team-setting.ts';
import type { TeamRows } from '../../settings/team-settings.ts';
import { plainElement } from '../blocks/elements.ts';

/** People or channels that a field shows at most. */
const mostShown = 100;

type Kind = keyof KindValues;

type TeamRow = TeamRows[keyof TeamRows];
type RowOf<Of extends Kind> = Extract<TeamRow, { readonly kind: Of }>;

/** What stood in a field when the window was sent, or what is to be corrected, by block. */
type FieldInput<Value> =
  | { readonly value: Value }
  | { readonly error: { readonly block: string; readonly text: string } };

/** How settings of one kind are shown in the window and read from it. Each block and its action bear the setting's key. */
export interface Field<Row = TeamRow, Value = unknown> {
  show(key: string, row: Row, value: Value): readonly InputBlock[];
  /**
   * @param values what came back, by block and action
   * @throws ZodError where the window was another version's
   */
  read(key: string, row: Row, values: unknown): FieldInput<Value>;
}

const filter: NonNullable<ConversationsSelect['filter']> = { include: ['public', 'private'], exclude_bot_users: true };

const chosenPeople = z.object({ selected_users: z.array(z.string()).default([]) });
const chosenChannels = z.object({ selected_conversations: z.array(z.string()).default([]) });
const chosenChannel = z.object({ selected_conversation: z.string().nullish() });
const chosenPerson = z.object({ selected_user: z.string().nullish() });
const chosenOption = z.object({ selected_option: z.object({ value: z.enum(['no', 'yes']) }) });
const written = z.object({ value: z.string().nullish() });

/** The fields by kind of setting. */
const fields: { readonly [Of in Kind]: Field<RowOf<Of>, KindValues[Of]> } = {
  people: {
    show(key, row, value) {
      const initial = value.length > 0 ? { initial_users: value.slice(0, mostShown) } : {};
      return [input(row, { type: 'multi_users_select', action_id: key, ...initial })];
    },
    read: (key, _, values) => ({ value: sent(key, chosenPeople, values).selected_users }),
  },
  channels: {
    show(key, row, value) {
      const initial = value.length > 0 ? { initial_conversations: value.slice(0, mostShown) } : {};
      return [input(row, { type: 'multi_conversations_select', action_id: key, filter, ...initial })];
    },
    read: (key, _, values) => ({ value: sent(key, chosenChannels, values).selected_conversations }),
  },
  channel: {
    show: (key, row, value) => [input(row, channelSelect(key, value))],
    read: (key, _, values) => ({ value: sent(key, chosenChannel, values).selected_conversation || null }),
  },
  channelOrPerson: {
    show(key, row, value) {
      const isPerson = value !== null && /^[UW]/.test(value);
      const initial = isPerson ? { initial_user: value } : {};
      return [
        input(row, channelSelect(key, isPerson ? null : value)),
        input({ label: row.personLabel, hint: null }, { type: 'users_select', action_id: personKey(key), ...initial }),
      ];
    },
    read(key, _, values) {
      const channel = sent(key, chosenChannel, values).selected_conversation || null;
      const person = sent(personKey(key), chosenPerson, values).selected_user || null;
      if (channel !== null && person !== null)
        return { error: { block: personKey(key), text: 'Choose a channel or a person, not both.' } };
      return { value: channel ?? person };
    },
  },
  count: {
    show(key, row, value) {
      const bounds = { is_decimal_allowed: false, min_value: '0', max_value: String(row.largest) };
      const initial = value === null ? {} : { initial_value: String(value) };
      return [input(row, { type: 'number_input', action_id: key, ...bounds, ...initial })];
    },
    read(key, { largest }, values) {
      const text = sent(key, written, values).value?.trim() ?? '';
      if (text === '') return { value: null };
      const value = Number(text);
      if (Number.isInteger(value) && value >= 0 && value <= largest) return { value };
      return { error: { block: key, text: `Write a whole number from 0 to ${largest}, or nothing.` } };
    },
  },
  choice: {
    show(key, row, value) {
      const option = (name: 'no' | 'yes') => ({ text: plainElement(row[name]), value: name });
      const options = [option('no'), option('yes')];
      const initial = option(value ? 'yes' : 'no');
      return [input(row, { type: 'radio_buttons', action_id: key, options, initial_option: initial })];
    },
    read: (key, _, values) => ({ value: sent(key, chosenOption, values).selected_option.value === 'yes' }),
  },
};

/**
 * How a setting is shown in the window and read from it.
 * @returns its field, to be called with that row and its setting's value
 */
export function fieldOf(row: TeamRow): Field {
  return fields[row.kind];
}

/** Whether a field that shows this setting would bring it back as it is: of long lists it shows only the first. */
export function isShownAs(shown: unknown, value: unknown): boolean {
  const inField = Array.isArray(shown) ? shown.slice(0, mostShown) : shown;
  return JSON.stringify(inField) === JSON.stringify(value);
}

function sent<Value>(key: string, schema: z.ZodType<Value>, values: unknown): Value {
  const field = z.looseObject({ [key]: z.looseObject({ [key]: z.unknown() }) }).parse(values);
  return schema.parse(field[key]?.[key]);
}

function personKey(key: string): string {
  return `${key}Person`;
}

function channelSelect(key: string, value: string | null): ConversationsSelect {
  const initial = value === null ? {} : { initial_conversation: value };
  return { type: 'conversations_select', action_id: key, filter, ...initial };
}

/** The block bears the name of its field. */
function input(
  row: { readonly label: string; readonly hint: string | null },
  element: InputBlock['element'],
): InputBlock {
  return {
    type: 'input',
    block_id: element.action_id ?? '',
    optional: true,
    label: plainElement(row.label),
    ...(row.hint === null ? {} : { hint: plainElement(row.hint) }),
    element,
  };
}
