import type { RichTextElement } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type AnswerRef, readRef, writeRef } from '../answers/answer-ref.ts';
import { button } from '../blocks/elements.ts';
import { plainMessage, type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import { shorten } from '../blocks/slack-text.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { isClosed, post } from '../transport/post.ts';

/** Characters of a question that are passed on. */
const longestQuestion = 2500;

const notPassed = {
  before: 'A person was asked already. They have your question.',
  'too-often':
    'You have passed on several questions in the last hour. Please wait a while, or ask in other words first.',
} as const;

/** The button that passes a question on to a person. */
export function askHumanButton(ref: AnswerRef) {
  return button(actionIds.askHuman, 'Ask a human', writeRef(ref));
}

/** Passes questions on to the channel or person that the team has named. */
export function askHumanActions(parts: Needs<'assistant' | 'log'>) {
  async function askHuman(press: Pressed): Promise<void> {
    const { client, who, where, tell } = press;
    const { question, event, entry } = readRef(press.value) ?? {};
    if (where === null || question === undefined || event === undefined) return tellOutdated(press);
    const { askHuman: target } = await settingsOf(parts, who.team);
    if (target === null)
      return tell(plainMessage('Nobody is named whom I could ask. An admin can do that in my home.'));
    const permalink = await linkTo(client, where.channel, event);
    const request = {
      asking: { team: who.team, place: where.channel, person: who.user, event },
      question,
      nearest: entry === undefined || parts.assistant.show(entry) === null ? [] : [entry],
      at: Date.now(),
      permalink,
    };
    try {
      const passed = await parts.assistant.openQuestions.askHuman(request, async (whole) => {
        await post(client, { channel: target }, questionMessage(whole, who.user, permalink));
      });
      await tell(passed === 'passed' ? passedMessage(target) : plainMessage(notPassed[passed]));
    } catch (error) {
      if (!isClosed(error)) throw error;
      await tell(
        plainMessage('I may not write where questions go. Tell an admin to invite me there, then press again.'),
      );
    }
  }

  return { [actionIds.askHuman]: askHuman } satisfies Partial<ActionHandlers>;
}

/** The address of a message; null for a private one, which others could not open. */
async function linkTo(client: WebClient, channel: string, ts: string): Promise<string | null> {
  if (!/^\d+\.\d{6}$/.test(ts) || channel.startsWith('D')) return null;
  return client.chat.getPermalink({ channel, message_ts: ts }).then(
    ({ permalink }) => permalink ?? null,
    () => null,
  );
}

function questionMessage(question: string, asker: string, permalink: string | null): SlackMessage {
  const link: RichTextElement[] =
    permalink === null ? [] : [literal(' '), { type: 'link', url: permalink, text: 'Open the conversation' }];
  const text = shorten(question, longestQuestion);
  return toMessage(`A question that I cannot answer: ${text}`, [
    paragraph([{ type: 'user', user_id: asker }, literal(' asks, and I cannot answer it:')]),
    { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [literal(text)] }] },
    paragraph([literal('Please answer there, or write to them.'), ...link]),
  ]);
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
