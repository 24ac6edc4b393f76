import { type DestinationStream, destination, type Logger, pino, type SerializedError } from 'pino';
import type { Config } from './config.ts';

/** What Slack's tokens look like (https://docs.slack.dev/authentication/tokens). */
const token = /\bx(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]+/g;

/**
 * Makes the log: one JSON object a line on standard error, since standard output is for results. Callers log ids and
 * outcomes, never what people wrote, nor tokens; what looks like a token is cut out all the same. An error, as `error`,
 * has its stack and its causes.
 */
export function createLog(
  level: Config['logLevel'],
  to: DestinationStream = destination({ dest: 2, sync: false }),
): Logger {
  const serializers = { error: (error: unknown) => (error instanceof Error ? errorFields(error) : error) };
  return pino({ level, serializers, hooks: { streamWrite: (line) => line.replaceAll(token, '[secret]') } }, to);
}

/** What of an error is logged: errors of clients hold what was sent too, and so what people wrote. */
interface ErrorFields extends Pick<SerializedError, 'type' | 'message' | 'stack'> {
  readonly code?: unknown;
  readonly cause?: unknown;
}

function errorFields(error: Error): ErrorFields {
  const { type, message, stack, code } = pino.stdSerializers.errWithCause(error);
  return {
    ...{ type, message, stack },
    ...(code === undefined ? {} : { code }),
    ...(error.cause instanceof Error ? { cause: errorFields(error.cause) } : {}),
  };
}
