import { z } from 'zod';
import type { Challenge } from './challenge.ts';
import type { FindCredentials } from './credentials.ts';
import type { Send } from './guarded-request.ts';
import { unreadable } from './manifest.ts';
import { readBody } from './read-body.ts';
import { RegistryError } from './registry-error.ts';

/** Bytes of the longest answer with a token. */
const longestAnswer = 64 * 1024;

/** Seconds that a token is good for where nobody says how long. */
const shortestLife = 60;

/** Milliseconds before its end from which a token is not used any more. */
const margin = 5000;

/** Tokens that are remembered at once. */
const mostTokens = 200;

const tokenSchema = z.object({
  token: z.string().min(1).optional(),
  access_token: z.string().min(1).optional(),
  expires_in: z.number().min(0).optional(),
});

/** Who gives out tokens for a registry other than itself. Everybody else gets no password meant for the registry. */
const knownRealms: Readonly<Record<string, string>> = {
  'registry-1.docker.io': 'auth.docker.io',
  'registry.gitlab.com': 'gitlab.com',
};

/** What is asked for, and at whom. */
export interface Wanted {
  /** Whose answer asked for it. */
  readonly origin: URL;
  /** For example `library/debian`. */
  readonly repository: string;
  /** The image, for messages. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/** What goes into a request's `Authorization`, and how a refusal of it is to be told. */
export interface Authorization {
  readonly header: string;
  /** Whether it came by credentials. */
  readonly known: boolean;
}

/** Gives what a registry asks for. */
export interface Tokens {
  /** What is good for this still, from before; null for nothing. */
  remembered(wanted: Wanted): Authorization | null;
  /** @throws RegistryError `needs-login`, `no-such-image`, or what is wrong with whoever gives out tokens */
  answer(challenge: Challenge, wanted: Wanted): Promise<Authorization>;
}

/** Makes what gets tokens, and remembers them for as long as they are good. */
export function createTokens(parts: {
  readonly send: Send;
  readonly credentials: FindCredentials;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): Tokens {
  const { send, credentials, now } = parts;
  const kept = new Map<string, Authorization & { readonly until: number }>();
  const keyOf = ({ origin, repository }: Wanted) => `${origin.origin} ${repository}`;

  const keep = (wanted: Wanted, authorization: Authorization, seconds: number): Authorization => {
    if (kept.size >= mostTokens) kept.clear();
    kept.set(keyOf(wanted), { ...authorization, until: now() + seconds * 1000 - margin });
    return authorization;
  };

  async function fetchToken(challenge: Challenge & { scheme: 'bearer' }, wanted: Wanted): Promise<Authorization> {
    const { origin, name, signal } = wanted;
    const realm = readRealm(challenge, wanted);
    const own = belongsTo(realm, origin) ? await credentials(registryOf(origin)) : null;
    const headers: Record<string, string> = own === null ? {} : { authorization: `Basic ${own.basic}` };
    const answer = await send(realm, { method: 'GET', headers, signal });
    const body = await readBody(answer, longestAnswer, `the token for ${name}`);
    const status = answer.statusCode ?? 0;
    if (status === 401 || status === 403) throw own === null ? absentOrPrivate(name) : loginRefused(origin);
    if (status === 429)
      throw new RegistryError('rate-limited', `${realm.host} gives out no more tokens for now. Try again in a minute`);
    if (status !== 200)
      throw new RegistryError(
        'unreachable',
        `${realm.host} gave no token for ${name} (status ${status}). Try again in a minute`,
      );
    const read = tokenSchema.safeParse(parseJson(body));
    const token = read.data?.token ?? read.data?.access_token;
    if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) throw unreadable(name, `${realm.host} gave no token`);
    return keep(wanted, { header: `Bearer ${token}`, known: own !== null }, read.data?.expires_in ?? shortestLife);
  }

  return {
    remembered(wanted) {
      const found = kept.get(keyOf(wanted));
      return found !== undefined && found.until > now() ? found : null;
    },
    async answer(challenge, wanted) {
      if (challenge.scheme === 'bearer') return fetchToken(challenge, wanted);
      const own = await credentials(registryOf(wanted.origin));
      if (own === null) throw needsLogin(wanted.origin);
      return keep(wanted, { header: `Basic ${own.basic}`, known: true }, shortestLife);
    },
  };
}

function readRealm(challenge: Challenge & { scheme: 'bearer' }, { origin, repository, name }: Wanted): URL {
  const realm = URL.canParse(challenge.realm, origin.href) ? new URL(challenge.realm, origin.href) : null;
  if (realm === null || realm.username !== '' || realm.password !== '')
    throw unreadable(name, `${origin.host} names no address to get a token at`);
  if (challenge.service !== null) realm.searchParams.set('service', challenge.service);
  // Some name a scope of their own, and refuse any beside it.
  const scopes = challenge.scope?.split(' ').filter((scope) => scope !== '') ?? [];
  for (const scope of scopes.length > 0 ? scopes : [`repository:${repository}:pull`])
    realm.searchParams.append('scope', scope);
  return realm;
}

/** Over https a name is who it says it is, whatever its port. */
function belongsTo(realm: URL, origin: URL): boolean {
  if (realm.origin === origin.origin) return true;
  if (realm.protocol !== 'https:') return false;
  return realm.hostname === origin.hostname || realm.host === knownRealms[origin.host];
}

function registryOf(origin: URL): string {
  return origin.host === 'registry-1.docker.io' ? 'docker.io' : origin.host;
}

/** A registry does not tell one from the other, so nobody who asks here learns it either. */
export function absentOrPrivate(name: string): RegistryError {
  return new RegistryError(
    'no-such-image',
    `${name} is not there, or it is private: a registry does not tell which. Check name and tag`,
  );
}

/** What a registry says that lets nobody in. */
function needsLogin({ host }: URL): RegistryError {
  return new RegistryError(
    'needs-login',
    `${host} wants a login, and I have none for it. Whoever operates me can log in with: docker login ${host}`,
  );
}

/** What a registry says that does not know what it was given. */
export function loginRefused({ host }: URL): RegistryError {
  return new RegistryError(
    'needs-login',
    `${host} does not take the login that I have for it, or it does not reach this image. Whoever operates me can log in anew with: docker login ${host}`,
  );
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
