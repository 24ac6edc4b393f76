import { z } from 'zod';

/** How Slack calls it where there are too many calls. */
export const rateLimited = 'ratelimited';

/** What every method answers (https://docs.slack.dev/apis/web-api/#responses). */
const answerSchema = z.looseObject({ ok: z.boolean() });

/** Answers that another try may change. */
const passing = new Set([408, 425, 429]);
/** Answers to a method that is not there. */
const unknown = new Set([404, 405, 501]);
/** The method whose repetition is not left to the client. */
const edits = 'chat.update';
/** Seconds that the client waits after an answer that says to wait, and not how long. */
const defaultWait = '1';

/**
 * Makes final answers final. The Web API's client takes only status 200 for an answer, and tries again for half a minute
 * after any other, such as a gateway's 404 for a method that it does not know; and it gives up where it is told to wait,
 * and not how long. An edit that has to wait is final too: what it says may be old by then, so whoever makes it decides
 * anew (`edit`), and no other call waits for it.
 * @param apiUrl the Web API's base; what goes elsewhere, such as to response addresses, is left as it is
 */
export function settleAnswers(fetch: typeof globalThis.fetch, apiUrl: string): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const address = input instanceof Request ? input.url : String(input);
    if (!address.startsWith(apiUrl)) return response;
    const { status } = response;
    const passes = passing.has(status) || (status >= 500 && !unknown.has(status));
    if (passes && address.slice(apiUrl.length) === edits) return laterAnswer(response);
    if (status === 429 && !response.headers.has('retry-after'))
      return new Response(null, { status, headers: { 'retry-after': defaultWait } });
    if (passes) return response;
    const answer = answerSchema.safeParse(
      await response
        .clone()
        .json()
        .catch(() => null),
    );
    if (answer.success) return response.ok ? response : Response.json(answer.data);
    return Response.json({ ok: false, error: errorOf(status) });
  };
}

function laterAnswer({ status, headers }: Response): Response {
  const wait = headers.get('retry-after') ?? (status === 429 ? defaultWait : null);
  const error = status === 429 ? rateLimited : `http_${status}`;
  return Response.json({ ok: false, error }, { headers: wait === null ? {} : { 'retry-after': wait } });
}

function errorOf(status: number): string {
  if (unknown.has(status)) return 'unknown_method';
  return status < 400 ? 'unreadable_answer' : `http_${status}`;
}
