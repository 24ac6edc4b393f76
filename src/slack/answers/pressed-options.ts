import type { Assistant } from '../../assistant/assistant.ts';
import type { Needs } from '../parts.ts';
import type { Pressed } from '../presses/action-handler.ts';
import { type AnswerRef, readRef } from './answer-ref.ts';
import type { Asked, ReplyOptions } from './reply-options.ts';

/** The question that a button remembers; whoever opens an entry from a menu asks its title. */
export function askedOf(assistant: Assistant, press: Pressed, ref: AnswerRef): { asked?: Asked } {
  const { entry = '', question, event } = ref;
  if (question !== undefined && event !== undefined) return { asked: { question, event } };
  const title = assistant.show(entry)?.title;
  return title === undefined ? {} : { asked: { question: title, event: press.message ?? press.trigger } };
}

/** What the question could mean too, as far as the book still has it. */
export function othersOf(assistant: Assistant, { others = [] }: AnswerRef): Required<Pick<ReplyOptions, 'others'>> {
  return {
    others: others.flatMap((entry) => {
      const reply = assistant.show(entry);
      return reply === null ? [] : [{ entry, label: reply.title }];
    }),
  };
}

/** Where a private answer is shared to: the button says it, or the block of the menu that it was picked in. */
export function shareOf({ value, block }: Pressed): { readonly thread?: string } {
  const { thread } = { ...readRef(block), ...readRef(value) };
  return thread === undefined ? {} : { thread };
}

/** The picture of an entry's idea, where there is one and the workspace has it. */
export function pictureOf(
  { assistant, pictures }: Needs<'assistant' | 'pictures'>,
  { who }: Pressed,
  entry: string,
): Pick<ReplyOptions, 'picture'> {
  return { picture: pictures.ofFigure(who.team, assistant.show(entry)?.figure ?? null) };
}
