import type { ActionsBlock, KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import type { Assistant } from '../../assistant/assistant.ts';
import type { HelpRequest } from '../../assistant/help.ts';
import { reasonWords } from '../answers/vote-reason.ts';
import { button, contextBlock } from '../blocks/elements.ts';
import { type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import { shorten } from '../blocks/slack-text.ts';
import { actionIds } from '../presses/action-ids.ts';

/** Characters of a question where it is passed on, and where it only reminds. */
const longest = { question: 2500, reminder: 250, reason: 300, title: 150 } as const;
const mostReasons = 5;

/** What people are called, by their ids; who is not among them is called a colleague. */
export type Names = ReadonlyMap<string, string>;

/** The message that asks a person: whose question it is, what was tried, and what can be done with it. */
export function requestMessage(request: HelpRequest, names: Names, assistant: Pick<Assistant, 'show'>): SlackMessage {
  const text = shorten(request.question, longest.question);
  const lead = leadWords(request, names);
  const state = stateWords(request, names);
  const { permalink } = request;
  const link: RichTextElement[] =
    permalink === null ? [] : [{ type: 'link', url: permalink, text: 'Open the conversation' }];
  const tried = triedLines(request, names, assistant);
  return toMessage(`${lead}: ${text}`, [
    paragraph([literal(lead, { bold: true })]),
    quote(text),
    ...(tried.length > 0 ? [paragraph([literal(tried.join('\n'))])] : []),
    ...(link.length > 0 ? [paragraph(link)] : []),
    contextBlock(state),
    ...answerBlocks(request),
    ...steerBlocks(request),
  ]);
}

/** The message that tells whoever asked how far their question has come. */
export function noticeMessage(request: HelpRequest, names: Names): SlackMessage {
  const { asked, reply, passedBy, question } = request;
  const channel = asked !== null && /^[CG]/.test(asked.channel) ? asked.channel : null;
  const where: RichTextElement[] = channel === null ? [] : [literal(' in '), { type: 'channel', channel_id: channel }];
  const state = stateWords(request, names);
  const by = isDirect(reply.channel) ? '' : ` by ${nameIn(names, passedBy)}`;
  const reminder = reply.thread === null ? [quote(shorten(question, longest.reminder))] : [];
  return toMessage(`Passed on to a person${by}. ${state}`, [
    ...reminder,
    paragraph([literal('Passed on to a person', { bold: true }), ...where, literal(`${by}. ${state}`)]),
  ]);
}

/** The answer of a person, for whoever asked, who alone are told of it by a mention; null where there is no text. */
export function helpReply(request: HelpRequest, names: Names): SlackMessage | null {
  const { state, asker, passedBy, reply, question } = request;
  if (state.type !== 'answered' || state.text === null) return null;
  const meant = isDirect(reply.channel) ? [] : [...new Set([asker ?? passedBy, passedBy])];
  const mentions = meant.flatMap((id): RichTextElement[] => [{ type: 'user', user_id: id }, literal(' ')]);
  const lead = `${nameIn(names, state.by)} answers:`;
  return toMessage(`${lead} ${state.text}`, [
    paragraph([...mentions, literal(lead, { bold: true })]),
    quote(shorten(question, longest.reminder)),
    paragraph([literal(state.text)]),
  ]);
}

function isDirect(channel: string): boolean {
  return /^[DUW]/.test(channel);
}

function quote(text: string): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [literal(text)] }] };
}

function nameIn(names: Names, person: string): string {
  return names.get(person) ?? 'a colleague';
}

/** Of an answer that did not help it is said so: the book did have one. */
function leadWords({ shown, asker, passedBy }: HelpRequest, names: Names): string {
  const by = nameIn(names, passedBy);
  const whose = asker === null || asker === passedBy ? '' : ` of ${nameIn(names, asker)}`;
  const lead =
    shown === null && asker === passedBy
      ? `${by} asks, and I have no answer`
      : `${by} passes on a question${whose}${shown === null ? ', and I have no answer' : ': my answer did not help'}`;
  return lead.charAt(0).toUpperCase() + lead.slice(1);
}

function triedLines(
  { shown, nearest, reasons }: HelpRequest,
  names: Names,
  assistant: Pick<Assistant, 'show'>,
): string[] {
  const titleOf = (entry: string) => shorten(assistant.show(entry)?.title ?? entry, longest.title);
  return [
    ...(shown === null ? [] : [`I answered with: ${titleOf(shown)}`]),
    ...reasons.slice(0, mostReasons).map(({ person, reason }) => {
      return `What was wrong, says ${nameIn(names, person)}: ${shorten(reasonWords(reason), longest.reason)}`;
    }),
    ...(nearest.length > 0 ? [`Nearest in the book: ${nearest.map(titleOf).join(' · ')}`] : []),
  ];
}

/** How far a request has come, in a sentence. */
export function stateWords({ state }: HelpRequest, names: Names): string {
  if (state.type === 'open') return 'Nobody has taken it yet.';
  const name = nameIn(names, state.by);
  const words = { taken: 'has taken it.', answered: 'has answered it.' } as const;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${words[state.type]}`;
}

/** What was answered, for those who could have answered too. */
function answerBlocks({ state }: HelpRequest): KnownBlock[] {
  return state.type === 'answered' && state.text !== null ? [quote(state.text)] : [];
}

function steerBlocks({ id, state }: HelpRequest): ActionsBlock[] {
  if (state.type === 'answered') return [];
  const take = { ...button(actionIds.takeHelp, 'I take it', id), style: 'primary' as const };
  const steer = state.type === 'open' ? take : button(actionIds.giveBackHelp, 'Give it back', id);
  return [{ type: 'actions', elements: [steer, button(actionIds.answerHelp, 'Answered', id)] }];
}
