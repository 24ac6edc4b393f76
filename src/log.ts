import { destination, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * Makes the log: one JSON object a line on standard error, since standard output is for results. Callers log ids and
 * outcomes, never what people wrote, nor tokens; what looks like one is cut out all the same.
 */
export function createLog(level: Config['logLevel']): Logger {
  return pino(
    {
      level,
      redact: { paths: ['token', '*.token', 'headers.authorization', '*.headers.authorization'], censor: '[secret]' },
    },
    destination({ dest: 2, sync: false }),
  );
}
