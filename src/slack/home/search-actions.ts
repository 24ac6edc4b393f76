import { answerQuestion, noteAnswered } from '../answers/answer.ts';
import { noticeView, replyView } from '../answers/entry-view.ts';
import { readText } from '../blocks/slack-text.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, showModal } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { settingsOf } from '../settings/settings-of.ts';

/** The search box of the home, and the questions that it suggests: the answer opens over it. */
export function searchActions(parts: Needs<'assistant' | 'log' | 'ownTurn' | 'pictures'>) {
  async function ask(press: Pressed): Promise<void> {
    const { who, value, trigger, tell } = press;
    const question = readText(value);
    if (question === '') return;
    const asking = { team: who.team, place: who.user, person: who.user, event: trigger };
    const answered = await answerQuestion(parts, question, asking, { question });
    const human = (await settingsOf(parts, who.team)).askHuman !== null;
    const reply = answered.answer?.reply;
    const view =
      reply === undefined
        ? noticeView(answered.messages.map(({ text }) => text).join('\n'))
        : replyView(reply, question, { asked: { question, event: trigger }, human });
    // Where no window opens, the answer goes to the conversation with whoever asked.
    await showModal(press, view).catch(async () => {
      for (const message of answered.messages) await tell(message);
    });
    await noteAnswered(parts, answered, asking);
  }

  return { [actionIds.searchBook]: ask, [actionIds.askPrompt]: ask } satisfies Partial<ActionHandlers>;
}
