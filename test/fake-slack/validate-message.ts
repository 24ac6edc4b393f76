import { z } from 'zod';
import { messageBlocks, viewRules } from './block-rules.ts';

/** Undocumented: what others measured as the largest JSON of a message's blocks that Slack takes. */
const longestBlocks = 13_200;
/** A view may hold 250 kilobytes. */
const longestView = 250_000;

/**
 * Checks a message the way Slack does.
 * @returns what Slack would refuse it for, or null
 */
export function refusalOf(text: string | undefined, blocks: unknown): string | null {
  if (text === undefined || text.trim() === '') return 'no_text';
  if (text.length > 40_000) return 'msg_too_long';
  if (/<[!@#]/.test(text)) return `the text pings: ${text.slice(0, 200)}`;
  if (blocks === undefined) return null;
  const parsed = messageBlocks.safeParse(blocks);
  if (!parsed.success) return `invalid_blocks: ${z.prettifyError(parsed.error)}`;
  return JSON.stringify(blocks).length > longestBlocks ? 'msg_blocks_too_long' : null;
}

/**
 * Checks a view the way Slack does.
 * @returns what Slack would refuse it for, or null
 */
export function viewRefusalOf(view: unknown): string | null {
  const parsed = viewRules.safeParse(view);
  if (!parsed.success) return `invalid_arguments: ${z.prettifyError(parsed.error)}`;
  return JSON.stringify(view).length > longestView ? 'view_too_large' : null;
}
