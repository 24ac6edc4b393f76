import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/** Bolt's own messages, which may hold what people wrote, go to the debug level; its warnings keep theirs. */
export function toBoltLogger(log: Logger): BoltLogger {
  const words = (parts: readonly unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  const errorIn = (parts: readonly unknown[]) => {
    const error = parts.find((part) => part instanceof Error);
    return error === undefined ? {} : { error };
  };
  return {
    debug: () => undefined,
    info: (...parts) => log.debug(words(parts)),
    warn: (...parts) => log.warn(errorIn(parts), words(parts)),
    error: (...parts) => log.error(errorIn(parts), words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
