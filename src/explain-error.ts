import { AssistantError } from './assistant/assistant-error.ts';
import { ConfigInvalid } from './config.ts';
import { DemoInvalid } from './demos/catalogue/find-demos.ts';
import { DocsUnreadable, KnowledgeUnreadable, OutlineInvalid } from './knowledge/knowledge-error.ts';
import { SandboxError } from './sandbox/sandbox-error.ts';
import { SlackRefused } from './slack/slack-refused.ts';
import { StoreKeyError, StoreUnavailable } from './store/store-error.ts';
import { exitCode } from './terminal/terminal.ts';
import { UsageError } from './terminal/usage-error.ts';

/** Errors whose words say what to do, and how the program ends with each. Any other is a bug. */
const expected = [
  [UsageError, exitCode.usage],
  [ConfigInvalid, exitCode.usage],
  [KnowledgeUnreadable, exitCode.usage],
  [OutlineInvalid, exitCode.usage],
  [DocsUnreadable, exitCode.usage],
  [DemoInvalid, exitCode.usage],
  [AssistantError, exitCode.usage],
  [StoreUnavailable, exitCode.usage],
  [StoreKeyError, exitCode.usage],
  [SlackRefused, exitCode.usage],
  [SandboxError, exitCode.noEngine],
] as const;

/**
 * Turns the error that ended a command into words and an exit code: one line for an error that is expected, or that the
 * operating system gave, such as a file that is not there or a port that is taken; the stack of any other.
 */
export function explainError(error: unknown): { readonly text: string; readonly code: number } {
  if (!(error instanceof Error)) return { text: String(error), code: exitCode.negative };
  const found = expected.find(([type]) => error instanceof type);
  if (found !== undefined) return { text: error.message, code: found[1] };
  if ('syscall' in error) return { text: error.message, code: exitCode.usage };
  return { text: stackOf(error), code: exitCode.negative };
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${stackOf(error.cause)}` : own;
}
