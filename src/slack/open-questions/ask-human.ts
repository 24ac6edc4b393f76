import type { RichTextElement } from '@slack/types';
import type { Asking } from '../../assistant/conversations.ts';
import type { HelpRequest } from '../../assistant/help.ts';
import { type AnswerRef, readRef, writeRef } from '../answers/answer-ref.ts';
import { button } from '../blocks/elements.ts';
import { plainMessage, type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { permalinkTo } from '../transport/permalink.ts';
import { isClosed, post, postOrSend } from '../transport/post.ts';
import { noticeMessage, requestMessage, stateWords } from './help-message.ts';
import { namesIn } from './help-state.ts';

const tooOften =
  'You have passed on several questions in the last hour. Please wait a while, or ask in other words first.';

/** The button that passes a question on to a person. */
export function askHumanButton(ref: AnswerRef) {
  return button(actionIds.askHuman, 'Ask a human', writeRef(ref));
}

/** Passes questions on to the channel or person that the team has named. */
export function askHumanActions(parts: Needs<'assistant' | 'log' | 'people'>) {
  const { help } = parts.assistant;

  async function askHuman(press: Pressed): Promise<void> {
    const { client, who, tell } = press;
    const where = press.where ?? { channel: who.user };
    const { question, event, entry } = readRef(press.value) ?? {};
    if (question === undefined || event === undefined) return tellOutdated(press);
    const { askHuman: target } = await settingsOf(parts, who.team);
    if (target === null)
      return tell(plainMessage('Nobody is named whom I could ask. An admin can do that in my home.'));
    const wish = {
      asking: { team: who.team, place: where.channel, person: who.user, event },
      ...{ question, thread: where.thread ?? null, hidden: press.private || press.where === null, at: Date.now() },
      entry: entry === undefined || parts.assistant.show(entry) === null ? null : entry,
      permalink: await permalinkTo(client, where.channel, event),
    };
    try {
      const outcome = await help.ask(wish, async (request) => {
        const names = await namesIn(parts, client, request);
        return post(client, { channel: target }, requestMessage(request, names, parts.assistant));
      });
      if (outcome.type === 'passed') await showPassed(press, outcome.request, target);
      else await tell(plainMessage(outcome.type === 'too-often' ? tooOften : await beforeWords(press, wish.asking)));
    } catch (error) {
      if (!isClosed(error)) throw error;
      await tell(
        plainMessage('I may not write where questions go. Tell an admin to invite me there, then press again.'),
      );
    }
  }

  async function beforeWords({ client }: Pressed, { team, place, event }: Asking): Promise<string> {
    const request = await help.findFor(team, place, event);
    const state = request === null ? '' : ` ${stateWords(request, await namesIn(parts, client, request))}`;
    return `A person was asked already.${state}`;
  }

  /** A message tells whoever asked from now on how far it has come; a private one that was pressed has done its work. */
  async function showPassed({ client, who, private: hidden, answer }: Pressed, request: HelpRequest, target: string) {
    if (hidden) await answer([passedMessage(target)], true);
    const { team, id, reply } = request;
    const where = { channel: reply.channel, ...(reply.thread === null ? {} : { thread: reply.thread }) };
    const notice = noticeMessage(request, await namesIn(parts, client, request));
    await help.noteNotice(team, id, await postOrSend(client, where, who.user, notice));
  }

  return { [actionIds.askHuman]: askHuman } satisfies Partial<ActionHandlers>;
}

function passedMessage(target: string): SlackMessage {
  const person = /^[UW]/.test(target);
  const whom: RichTextElement = person ? { type: 'user', user_id: target } : { type: 'channel', channel_id: target };
  return toMessage('I passed your question on to a person.', [
    paragraph([
      literal(person ? 'I passed your question on to ' : 'I passed your question on in '),
      whom,
      literal('.'),
    ]),
  ]);
}
