import type { StaticSelect } from '@slack/types';
import type { ButtonId } from '../presses/action-ids.ts';
import { slackLimits } from './limits.ts';
import { shorten } from './slack-text.ts';

/** One line of a menu. */
export interface MenuLine {
  readonly label: string;
  readonly value: string;
}

/** A menu to pick one line from; Slack shows the first hundred. @param lines at least one */
export function menu(id: ButtonId, placeholder: string, lines: readonly MenuLine[]): StaticSelect {
  return {
    type: 'static_select',
    action_id: id,
    placeholder: { type: 'plain_text', text: placeholder, emoji: false },
    options: lines.slice(0, slackLimits.optionsPerMenu).map(({ label, value }) => ({
      text: { type: 'plain_text', text: shorten(label, slackLimits.optionText), emoji: false },
      value,
    })),
  };
}
