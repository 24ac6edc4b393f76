import type { IncomingHttpHeaders } from 'node:http';

/** How many images may still be asked for. */
export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds that the limit is for; null where it does not say. */
  readonly window: number | null;
}

/**
 * Reads what Docker Hub says of its limit: `ratelimit-remaining: 98;w=21600` (https://docs.docker.com/docker-hub/usage/pulls/).
 * @returns null where there is none
 */
export function readRate(headers: IncomingHttpHeaders): Rate | null {
  const [limit, remaining] = ['ratelimit-limit', 'ratelimit-remaining'].map((name) =>
    /^(\d{1,9})(?:\s*;\s*w=(\d{1,9}))?/.exec(String(headers[name] ?? '')),
  );
  if (!limit || !remaining) return null;
  const window = remaining[2] ?? limit[2];
  return {
    limit: Number(limit[1]),
    remaining: Number(remaining[1]),
    window: window === undefined ? null : Number(window),
  };
}

/** Says in words what a limit leaves, for example `98 of 100 requests remain, for 6 hours`. */
export function tellRate({ limit, remaining, window }: Rate): string {
  const time =
    window === null
      ? ''
      : `, for ${window % 3600 === 0 ? count(window / 3600, 'hour') : count(Math.ceil(window / 60), 'minute')}`;
  return `${remaining} of ${count(limit, 'request')} ${remaining === 1 ? 'remains' : 'remain'}${time}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
