import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';

/** What requests over HTTP may hold, in bytes: Slack's are some kilobytes, a large window about a hundred. */
export interface RequestBounds {
  readonly body: number;
  /** All bodies together that are under way; with more, requests are told to come again. */
  readonly bodies: number;
}

export const requestBounds: RequestBounds = { body: 512 * 1024, bodies: 64 * 1024 * 1024 };

/** Seconds by which Slack's clock may be ahead of ours; Slack names the same for a request that is old. */
const longestAhead = 5 * 60;

/** A request whose body was read, as Bolt takes it. */
interface ReadRequest extends IncomingMessage {
  rawBody?: Buffer;
}

/**
 * Reads requests before Bolt does: their bodies within bounds, only such as hold an object, and none from the future,
 * which could be sent again for as long as it is ahead.
 * @param listener Bolt's, which checks the signature
 */
export function guardRequests(
  listener: RequestListener,
  { body: most, bodies }: RequestBounds = requestBounds,
): RequestListener {
  let underWay = 0;

  async function take(request: ReadRequest, response: ServerResponse): Promise<void> {
    if (Number(request.headers['x-slack-request-timestamp']) > Date.now() / 1000 + longestAhead)
      return refuse(response, 401);
    if (Number(request.headers['content-length'] ?? 0) > most) return refuse(response, 413);
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of request) {
        size += chunk.length;
        underWay += chunk.length;
        if (size > most) return refuse(response, 413);
        if (underWay > bodies) return refuse(response, 503);
        chunks.push(chunk);
      }
    } finally {
      underWay -= size;
    }
    const text = Buffer.concat(chunks);
    if (!holdsObject(text.toString(), request.headers['content-type'])) return refuse(response, 400);
    request.rawBody = text;
    listener(request, response);
  }

  return (request, response) => {
    if (request.method !== 'POST') return listener(request, response);
    take(request, response).catch(() => {
      // Whoever went away in the middle of a request gets no answer; else there is nothing at the address.
      if (request.complete && !response.headersSent) response.writeHead(404).end();
      else response.destroy();
    });
  };
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end();
  response.once('finish', () => response.req.destroy());
}

/** Whether a body is an object, or a form, or a form with an object in its field `payload`. */
function holdsObject(text: string, type: string | undefined): boolean {
  if (type !== 'application/x-www-form-urlencoded') return /^\s*\{/.test(text);
  const { payload } = parse(text);
  return typeof payload !== 'string' || /^\s*\{/.test(payload);
}
