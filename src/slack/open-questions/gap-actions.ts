import { plainMessage } from '../blocks/message.ts';
import { publishHome } from '../home/publish-home.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { isAdmin } from '../settings/is-admin.ts';
import { readDismissal } from './dismissal.ts';
import { openGaps, openScope } from './open-gaps.ts';

/** The menu by which admins leave out what needs no answer. */
export function gapActions(parts: Needs<'assistant' | 'log' | 'people'>) {
  async function dismiss(press: Pressed): Promise<void> {
    const { client, who, value, where, tell, answer, private: hidden } = press;
    const group = readDismissal(value);
    if (group === null) return tellOutdated(press);
    if (!(await isAdmin(parts, client, who)))
      return tell(plainMessage('Only admins of Dockproof say what needs no answer.'));
    const { openQuestions } = parts.assistant;
    const left = await openQuestions.dismiss(openScope(who.team), { ...group, by: who.user });
    parts.log.info({ team: who.team, person: who.user, questions: left }, 'open questions were dismissed');
    if (where === null) await publishHome(parts, client, who);
    else if (hidden) await answer([await openGaps(parts, client, who.team)], true);
    else await tell(plainMessage('It is left out from now on.'));
  }

  return { [actionIds.dismissGap]: dismiss } satisfies Partial<ActionHandlers>;
}
