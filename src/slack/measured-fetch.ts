import { z } from 'zod';
import type { Metrics } from '../metrics/metrics.ts';

const resultSchema = z.object({ ok: z.boolean(), error: z.string().optional() });

/** Counts every call of Slack's Web API by its method and result. */
export function measureFetch(metrics: Metrics, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input);
    const method = address.pathname.split('/').at(-1) ?? '';
    try {
      const response = await fetch(input, init);
      metrics.slackCalls.inc({ method, result: await resultOf(response) });
      return response;
    } catch (error) {
      metrics.slackCalls.inc({ method, result: 'no_answer' });
      throw error;
    }
  };
}

async function resultOf(response: Response): Promise<string> {
  if (!response.ok) return `http_${response.status}`;
  const parsed = resultSchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  );
  if (!parsed.success) return 'unreadable';
  return parsed.data.ok ? 'ok' : (parsed.data.error ?? 'unknown_error');
}
