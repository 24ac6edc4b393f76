import { z } from 'zod';
import { fromText, listed, perhaps, type Setting, wholeNumber } from './setting.ts';

/**
 * A setting that a team may change, over what the environment says. Its kind says what it accepts in both places, and
 * which field the window of settings gets.
 */
export interface TeamSetting<Value = unknown> extends Setting<Value> {
  readonly kind: keyof KindValues;
  /** What a team may set. */
  readonly kept: z.ZodType<Value>;
  /** What stands above the field. */
  readonly label: string;
  /** What stands below it, such as what an empty field means; null for nothing. */
  readonly hint: string | null;
}

/** The values of settings of each kind. */
export interface KindValues {
  readonly people: readonly string[];
  readonly channels: readonly string[];
  readonly channel: string | null;
  readonly channelOrPerson: string | null;
  readonly count: number | null;
  readonly choice: boolean;
}

const id = z.string().trim().min(1, 'must not be empty').max(100);
const ids = z.array(id).max(1000).readonly();

/** A channel or a person, as Slack names them. */
const slackPlace = z
  .string()
  .trim()
  .regex(/^[CGUW][A-Z0-9]+$/, 'must be the id of a channel or a person, such as C0123456789');

/** Ids of people. */
export const people = { kind: 'people', ...listed, kept: ids } as const;

/** Ids of channels. */
export const channels = { kind: 'channels', ...listed, kept: ids } as const;

/** The id of a channel, or null. */
export const channel = { kind: 'channel', ...perhaps(slackPlace), kept: id.nullable() } as const;

/**
 * The id of a channel or of a person, or null.
 * @param personLabel what stands above the field for a person
 */
export function channelOrPerson(personLabel: string) {
  return { kind: 'channelOrPerson', ...perhaps(slackPlace), kept: id.nullable(), personLabel } as const;
}

/** A whole number up to a largest one, or null for no limit. */
export function count(largest: number) {
  const number = wholeNumber(0, largest);
  return { kind: 'count', ...perhaps(fromText(number)), kept: number.nullable(), largest } as const;
}

/** Yes or no, and what the window calls them. */
export function choice(no: string, yes: string) {
  return {
    kind: 'choice',
    schema: z.stringbool('must be true or false').default(false),
    kept: z.boolean(),
    no,
    yes,
  } as const;
}
