import type { Assistant } from '../assistant/assistant.ts';
import { AssistantError } from '../assistant/assistant-error.ts';
import { plainMessage, type SlackMessage } from './message.ts';
import { type ReplyOptions, replyMessages } from './reply-message.ts';

/** What a bare mention is answered with. */
const helpQuestion = 'help';

/** Answers a question; one that cannot be asked is answered with why. */
export function answerMessages(
  assistant: Assistant,
  question: string,
  event: string,
  options: Omit<ReplyOptions, 'asked'> = {},
): SlackMessage[] {
  try {
    const { reply } = assistant.ask(question === '' ? helpQuestion : question);
    return replyMessages(reply, { ...options, asked: { question, event } });
  } catch (error) {
    if (error instanceof AssistantError) return [plainMessage(`${error.message}.`)];
    throw error;
  }
}

/** Shows an entry, or says that it is gone. */
export function entryMessages(assistant: Assistant, entry: string, options: ReplyOptions = {}): SlackMessage[] {
  const reply = assistant.show(entry);
  return reply
    ? replyMessages(reply, options)
    : [plainMessage('This answer is no longer in the book. Ask your question again.')];
}
