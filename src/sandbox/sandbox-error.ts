import { z } from 'zod';
import { AnswerUnreadable, EngineSilent } from './engine-answer.ts';

/** Why the sandbox could not do what it was asked. */
export type SandboxErrorCode =
  | 'no-engine'
  | 'engine-denied'
  | 'limits-not-enforced'
  | 'engine-gone'
  | 'engine-silent'
  | 'engine-unreadable'
  | 'no-base-image'
  | 'engine-refused'
  | 'container-ended'
  | 'time-limit'
  | 'disk-limit'
  | 'disk-unmeasured'
  | 'stopped';

/** A failure of the engine or of a run, in words that say what mends it. Its cause is the client library's error. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: SandboxErrorCode;

  constructor(code: SandboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const unreachable = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTSOCK',
]);
const cut = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * Turns an error of the client library into one that says what failed and what to do.
 * @param address the engine's address, for the message
 * @param doing what was being done, for example `create a container`
 */
export function toSandboxError(cause: unknown, address: string, doing: string): SandboxError {
  if (cause instanceof SandboxError) return cause;
  if (cause instanceof EngineSilent) {
    const message = `The Docker engine at ${address} gave ${cause.message} when it was asked to ${doing}. Check it with ./dockproof doctor, then try again`;
    return new SandboxError('engine-silent', message, { cause });
  }
  if (isUnreadable(cause)) {
    const message = `The engine's answer could not be read: ${cause.message} (it was asked to ${doing}). Try again; if it stays so, look at what stands between this program and the engine at ${address}`;
    return new SandboxError('engine-unreadable', message, { cause });
  }
  const code = textProperty(cause, 'code');
  if (unreachable.has(code)) {
    const message = `No Docker engine answers at ${address} (${code}). Start one with: npm run engine`;
    return new SandboxError('no-engine', message, { cause });
  }
  if (/^ERR_(?:SSL|TLS)|^EPROTO$|CERT|SIGNATURE/.test(code)) {
    const message = `No secure connection to the Docker engine at ${address} (${code}). Check ca.pem, cert.pem and key.pem in the folder of DOCKER_CERT_PATH, see docs/engine.md`;
    return new SandboxError('no-engine', message, { cause });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `This user may not use the Docker engine at ${address} (${code}). Set DOCKER_HOST to an engine of your own, see docs/engine.md`;
    return new SandboxError('engine-denied', message, { cause });
  }
  if (cut.has(code) || /socket hang up/.test(textProperty(cause, 'message'))) return engineGone(address, cause);
  const reason = textProperty(cause, 'message') || String(cause);
  return new SandboxError('engine-refused', `The Docker engine refused to ${doing}: ${reason}`, { cause });
}

/** Not only what this program's own readers found: a parser of HTTP, of archives or of a schema finds it too. */
function isUnreadable(cause: unknown): cause is Error {
  if (cause instanceof AnswerUnreadable || cause instanceof SyntaxError || cause instanceof z.ZodError) return true;
  return cause instanceof Error && textProperty(cause, 'code').startsWith('HPE_');
}

/** The error for an engine that went away while a run used it. */
export function engineGone(address: string, cause?: unknown): SandboxError {
  const message = `The Docker engine at ${address} went away during the run. Check it with ./dockproof doctor, then run the demo again`;
  return new SandboxError('engine-gone', message, { cause });
}

/** The engine's HTTP status of a refusal; null for any other error. */
export function statusOf(cause: unknown): number | null {
  if (typeof cause === 'object' && cause !== null && 'statusCode' in cause && typeof cause.statusCode === 'number') {
    return cause.statusCode;
  }
  return cause instanceof SandboxError ? statusOf(cause.cause) : null;
}

function textProperty(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : '';
}
