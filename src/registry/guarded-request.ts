import { type LookupAddress, lookup as lookUp } from 'node:dns';
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import { RegistryError } from './registry-error.ts';

/** What is sent. */
export interface Sending {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Sends one request, and follows no redirect. @throws RegistryError `address-refused` or `unreachable` */
export type Send = (url: URL, sending: Sending) => Promise<IncomingMessage>;

/** Names to addresses, as `dns.lookup` does it. */
export type LookUp = (
  host: string,
  options: { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Connections to one host at once. */
const connections = 8;

/**
 * Makes what sends requests to registries. It connects only to public addresses, and looks at the very address that it
 * connects to, so that a name that resolves anew gains nothing; in clear text it speaks only to this machine.
 * @param mayBePrivate hosts, with their ports, that may be elsewhere
 */
export function createSend(mayBePrivate: (host: string) => boolean, lookup: LookUp = lookUp): Send {
  const agents = {
    plain: new PlainAgent({ keepAlive: true, maxSockets: connections }),
    secure: new SecureAgent({ keepAlive: true, maxSockets: connections }),
  };
  return async (url, { method, headers, signal }) => {
    checkUrl(url, mayBePrivate);
    const secure = url.protocol === 'https:';
    const options = {
      method,
      headers,
      signal,
      agent: secure ? agents.secure : agents.plain,
      ...(mayBePrivate(url.host) ? {} : { lookup: publicOnly(url, lookup) }),
    };
    try {
      return await new Promise<IncomingMessage>((resolve, reject) => {
        const asked = secure ? secureRequest(url, options, resolve) : plainRequest(url, options, resolve);
        asked.on('error', reject).end();
      });
    } catch (cause) {
      throw explain(cause, url, signal);
    }
  };
}

function checkUrl(url: URL, mayBePrivate: (host: string) => boolean): void {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (mayBePrivate(url.host)) {
    if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(bare))) return;
    throw refused(url, 'it is not reached over https');
  }
  if (url.protocol !== 'https:') throw refused(url, 'it is not reached over https');
  // Names are looked at when they are resolved.
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) throw refused(url, 'it is at an address that is not public');
}

/** Tells whether a host is this machine, by its name alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function publicOnly(url: URL, lookup: LookUp): LookupFunction {
  return (host, { all }, done) => {
    lookup(host, { all: true }, (error, addresses) => {
      if (error !== null) return done(error, '');
      if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address)))
        return done(refused(url, 'its name leads to an address that is not public'), '');
      const [{ address, family } = { address: '', family: 4 }] = addresses;
      return all === true ? done(null, addresses) : done(null, address, family);
    });
  };
}

function refused(url: URL, why: string): RegistryError {
  const message = `I do not connect to ${url.host}: ${why}. Whoever operates me can list it in LAYER_REGISTRIES as private:${url.host}`;
  return new RegistryError('address-refused', message);
}

function explain(cause: unknown, url: URL, signal: AbortSignal): Error {
  if (cause instanceof RegistryError) return cause;
  if (signal.aborted) return signal.reason instanceof Error ? endOf(signal.reason, url) : new Error('stopped');
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return new RegistryError('unreachable', `${url.host} does not answer${code}. Try again in a minute`, { cause });
}

function endOf(reason: Error, url: URL): Error {
  if (reason.name !== 'TimeoutError') return reason;
  return new RegistryError('unreachable', `${url.host} did not answer in time. Try again in a minute`, {
    cause: reason,
  });
}
