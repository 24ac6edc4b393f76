import type { IncomingMessage } from 'node:http';
import { readChallenge } from './challenge.ts';
import type { Send } from './guarded-request.ts';
import { unreadable } from './manifest.ts';
import { readRate, tellRate } from './rate.ts';
import { discard } from './read-body.ts';
import { RegistryError } from './registry-error.ts';
import { absentOrPrivate, loginRefused, type Tokens } from './tokens.ts';

/** Redirects from one request. */
const mostRedirects = 5;

/** One request to a registry. */
export interface Asking {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD';
  /** Kinds that are taken; empty for any. */
  readonly accept: readonly string[];
  readonly repository: string;
  /** The image, for messages. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Asks, and hands over the answer once it is one. @throws RegistryError for everything else */
export type Follow = (asking: Asking) => Promise<IncomingMessage>;

/**
 * Makes what asks registries: it answers their challenges and follows their redirects. What was given to one host goes
 * to no other: storage gets no token, and another registry gets what its own challenge asks for.
 */
export function createFollow(send: Send, tokens: Tokens): Follow {
  return async ({ url, method, accept, repository, name, signal }) => {
    const tried = new Set<string>();
    let target = url;
    let redirects = 0;
    for (;;) {
      const wanted = { origin: target, repository, name, signal };
      const authorization = tokens.remembered(wanted);
      const headers = {
        ...(accept.length > 0 ? { accept: accept.join(', ') } : {}),
        'accept-encoding': 'identity',
        'user-agent': 'dockproof',
        ...(authorization === null ? {} : { authorization: authorization.header }),
      };
      const answer = await send(target, { method, headers, signal });
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) return answer;
      discard(answer);
      const { location } = answer.headers;
      if (status === 401 && !tried.has(target.origin)) {
        tried.add(target.origin);
        const challenge = readChallenge(answer.headers['www-authenticate'] ?? '');
        if (challenge === null) throw absentOrPrivate(name);
        await tokens.answer(challenge, wanted);
      } else if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
        if (++redirects > mostRedirects) throw unreadable(name, 'the registry sends me from one place to the next');
        if (!URL.canParse(location, target.href)) throw unreadable(name, 'the registry sends me to what is no address');
        target = withoutUser(new URL(location, target.href), name);
      } else throw refusalOf(answer, target, name, authorization?.known === true);
    }
  };
}

function withoutUser(url: URL, name: string): URL {
  if (url.username === '' && url.password === '') return url;
  throw unreadable(name, 'the registry sends me on with a login that is not mine');
}

function refusalOf(answer: IncomingMessage, { host, origin }: URL, name: string, known: boolean): RegistryError {
  const status = answer.statusCode ?? 0;
  if (status === 404) return absentOrPrivate(name);
  if (status === 401 || status === 403) return known ? loginRefused(new URL(origin)) : absentOrPrivate(name);
  if (status === 429) return rateLimited(answer, host);
  if (status >= 500)
    return new RegistryError('unreachable', `${host} has trouble of its own (status ${status}). Try again in a minute`);
  return unreadable(name, `${host} answered with the status ${status}`);
}

/** A limit that is counted says so; one against abuse counts all requests of an address, and says nothing. */
function rateLimited(answer: IncomingMessage, host: string): RegistryError {
  const rate = readRate(answer.headers);
  const after = /^\d{1,6}$/.exec(String(answer.headers['retry-after'] ?? ''))?.[0];
  const when = after === undefined ? 'Try again later' : `Try again in ${after} seconds`;
  const why =
    rate === null
      ? 'too many requests came from this address in a short time'
      : `this address has used up what it may ask for: ${tellRate(rate)}`;
  return new RegistryError('rate-limited', `${host} answers no more for now: ${why}. ${when}`);
}
