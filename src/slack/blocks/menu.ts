import type { PlainTextOption, StaticSelect } from '@slack/types';
import type { ButtonId } from '../presses/action-ids.ts';
import { plainElement } from './elements.ts';
import { slackLimits } from './limits.ts';
import { shorten } from './slack-text.ts';

/** One line of a menu. */
export interface MenuLine {
  readonly label: string;
  readonly value: string;
  /** Said below the label, in smaller print. */
  readonly note?: string;
}

/** Lines of a menu under a word on what they are. */
export interface MenuGroup {
  readonly label: string;
  readonly lines: readonly MenuLine[];
}

/** A menu to pick one line from; Slack shows the first hundred. @param lines at least one */
export function menu(id: ButtonId, placeholder: string, lines: readonly MenuLine[]): StaticSelect {
  return {
    type: 'static_select',
    action_id: id,
    placeholder: plainElement(placeholder),
    options: lines.slice(0, slackLimits.optionsPerMenu).map(toOption),
  };
}

/** A menu of groups, those without lines left out; null where there is no line at all. */
export function groupedMenu(id: ButtonId, placeholder: string, groups: readonly MenuGroup[]): StaticSelect | null {
  const filled = groups.filter(({ lines }) => lines.length > 0);
  if (filled.length === 0) return null;
  return {
    type: 'static_select',
    action_id: id,
    placeholder: plainElement(placeholder),
    option_groups: filled.map(({ label, lines }) => ({
      label: plainElement(shorten(label, slackLimits.optionText)),
      options: lines.slice(0, slackLimits.optionsPerMenu).map(toOption),
    })),
  };
}

/** A label too long for a line goes on in the line below it. */
function toOption({ label, value, note }: MenuLine): PlainTextOption {
  const text = shorten(label, slackLimits.optionText);
  if (text === label)
    return {
      ...{ text: plainElement(text), value },
      ...(note === undefined ? {} : { description: plainElement(shorten(note, slackLimits.optionText)) }),
    };
  const rest = `…${label.slice(text.length - 1).trimStart()}`;
  return { text: plainElement(text), value, description: plainElement(shorten(rest, slackLimits.optionText)) };
}
