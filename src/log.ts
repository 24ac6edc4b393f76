import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** What Slack's tokens look like (https://docs.slack.dev/authentication/tokens). */
const token = /\bx(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]+/g;

/**
 * Makes the log: one JSON object a line on standard error, since standard output is for results. Callers log ids and
 * outcomes, never what people wrote, nor tokens; what looks like a token is cut out all the same.
 */
export function createLog(
  level: Config['logLevel'],
  to: DestinationStream = destination({ dest: 2, sync: false }),
): Logger {
  return pino({ level, hooks: { streamWrite: (line) => line.replaceAll(token, '[secret]') } }, to);
}
