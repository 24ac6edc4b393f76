import type { Said } from '../conversations.ts';

/** What a question begins with, where it has no question mark. */
const questionStart =
  /^(?:and|but|so|what|whats|how|hows|why|when|where|which|who|whose|can|could|does|do|did|is|are|will|would|should|may)\b/i;

/**
 * Whether an answer may be given that nobody asked the bot for: to something that reads as a question, where the match
 * is sure, and which says more than was said before.
 * @param previous the entry shown before
 */
export function isSureFollowUp({ question, reply }: Said, previous: string | null): boolean {
  const asks = question.includes('?') || questionStart.test(question.trim());
  return asks && reply.kind === 'answer' && reply.entry !== previous;
}
