import { z } from 'zod';
import type { Metrics } from '../../metrics/metrics.ts';

const resultSchema = z.object({ ok: z.boolean(), error: z.string().optional() });

/** How uses of a response address are counted: the address itself is a secret, and another one each time. */
const elsewhere = 'response_url';

/**
 * Counts every call of Slack's Web API by its method and result.
 * @param apiUrl the Web API's base
 */
export function measureFetch(
  metrics: Metrics,
  fetch: typeof globalThis.fetch,
  apiUrl: string,
): typeof globalThis.fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const method = address.startsWith(apiUrl) ? address.slice(apiUrl.length) : elsewhere;
    try {
      const response = await fetch(input, init);
      metrics.slackCalls.inc({ method, result: await resultOf(method, response) });
      return response;
    } catch (error) {
      metrics.slackCalls.inc({ method, result: 'no_answer' });
      throw error;
    }
  };
}

async function resultOf(method: string, response: Response): Promise<string> {
  if (!response.ok) return `http_${response.status}`;
  if (method === elsewhere) return 'ok';
  const parsed = resultSchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  );
  if (!parsed.success) return 'unreadable';
  return parsed.data.ok ? 'ok' : (parsed.data.error ?? 'unknown_error');
}
