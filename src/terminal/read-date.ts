import { UsageError } from './usage-error.ts';

/**
 * Reads the date of `--since`; null where none was written.
 * @throws UsageError for what is no date
 */
export function readDate(written: string | undefined): Date | null {
  if (written === undefined) return null;
  const date = new Date(written);
  if (!/^\d{4}-\d{2}-\d{2}/.test(written) || Number.isNaN(date.getTime()))
    throw new UsageError('"--since" needs a date, such as 2026-01-31');
  return date;
}
