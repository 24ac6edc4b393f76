import type { Assistant } from '../assistant/assistant.ts';
import { AssistantError } from '../assistant/assistant-error.ts';
import type { Reply } from '../assistant/reply.ts';
import { plainMessage, type SlackMessage } from './message.ts';
import { replyMessage } from './reply-message.ts';

/** What a bare mention, or a command without words, is answered with. */
const helpQuestion = 'help';

/**
 * Answers a question as a message. A question that cannot be asked is answered with why.
 * @param options see `replyMessage`
 */
export function answerMessage(
  assistant: Assistant,
  question: string,
  options: Parameters<typeof replyMessage>[1] = {},
): SlackMessage {
  try {
    return replyMessage(assistant.ask(question === '' ? helpQuestion : question).reply, options);
  } catch (error) {
    if (error instanceof AssistantError) return plainMessage(`${error.message}.`);
    throw error;
  }
}

/** The entry's reply as a message, or word that it is gone. */
export function entryMessage(
  assistant: Assistant,
  entry: string,
  options: Parameters<typeof replyMessage>[1] = {},
): SlackMessage {
  const reply: Reply | null = assistant.show(entry);
  return reply
    ? replyMessage(reply, options)
    : plainMessage('This answer is no longer in the book. Ask your question again.');
}
