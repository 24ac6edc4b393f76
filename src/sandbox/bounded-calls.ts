import type { IncomingMessage } from 'node:http';
import { Duplex, Readable } from 'node:stream';
import type Docker from 'dockerode';
import { z } from 'zod';
import { boundOf, type CallBound, type CallBounds, mostAnswerBytes } from './call-bounds.ts';
import { AnswerUnreadable, EngineRefusal, EngineSilent, readJson, readText } from './engine-answer.ts';
import { untilAborted } from './until-aborted.ts';

type Modem = Docker['modem'];
type DialOptions = Parameters<Modem['dial']>[0];

/** Every status is an answer here, so that the client library hands over refusals unread too. */
const everyStatus = new Proxy<Record<number, boolean>>({}, { get: () => true });

/** A refusal says why: Docker in `message` alone, Podman in more. */
const refusalSchema = z.object({ message: z.string() });

/** Not modified: it is stopped, or started, already. Such an answer has no body. */
const notModified = 304;

/**
 * Puts a bound to every call of a client, at the one place through which all of them go, so that none can be forgotten:
 * until its answer has come, for how long a stream may be silent, and until a stream has ended. Reads each answer to its
 * end and hands over only what is whole.
 * @param ended ends every call that is under way, and those to come
 */
export function boundCalls(modem: Modem, bounds: CallBounds, ended: AbortSignal): void {
  const dial = modem.dial.bind(modem);
  modem.dial = (options, callback = () => undefined) => {
    const call = openCall(boundOf(bounds, options.method ?? 'GET', options.path), [options.abortSignal, ended]);
    const answer = call.until(
      (signal) =>
        new Promise<Answer>((resolve, reject) => {
          const asked = { ...options, isStream: true, abortSignal: signal };
          if (options.openStdin !== true) asked.statusCodes = everyStatus;
          dial(asked, (error, found) => (error ? reject(error) : resolve(found)));
        }),
      (found) => receive(found, options, call),
    );
    const fail = (error: unknown) =>
      callback(error instanceof Error ? error : new Error(String(error), { cause: error }), null);
    // The client library reads from an answer what it expects there; where that is not there, it throws.
    answer.then((found) => callback(null, found)).catch(fail);
  };
}

type Answer = Parameters<NonNullable<Parameters<Modem['dial']>[1]>>[1];

/** One call with its clock. */
interface Call {
  readonly bound: CallBound;
  readonly signal: AbortSignal;
  /** Ends it. */
  end(reason: Error): void;
  /** Asks and receives within the bound of an answer. */
  until<Value>(ask: (signal: AbortSignal) => Promise<Answer>, then: (found: Answer) => Promise<Value>): Promise<Value>;
}

function openCall(bound: CallBound, others: readonly (AbortSignal | undefined)[]): Call {
  const own = new AbortController();
  const signal = AbortSignal.any([own.signal, ...others.filter((other) => other !== undefined)]);
  const end = (reason: Error) => own.abort(reason);
  return {
    bound,
    signal,
    end,
    async until(ask, then) {
      const timer = setTimeout(() => end(silentFor(bound.answer)), bound.answer);
      try {
        return await untilAborted(signal, ask(signal).then(then));
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function silentFor(milliseconds: number): EngineSilent {
  return new EngineSilent(`no answer within ${Math.round(milliseconds / 100) / 10} s`);
}

async function receive(found: Answer, options: DialOptions, call: Call): Promise<Answer> {
  if (!(found instanceof Readable)) return found;
  // Whoever reads it hears of an error by reading it; nobody may have begun to.
  found.on('error', () => undefined);
  if (!isResponse(found)) return found instanceof Duplex ? followDuplex(found, call) : found;
  const status = found.statusCode ?? 0;
  const outcome = options.statusCodes?.[status];
  if (outcome === true && options.isStream === true) return boundStream(found, call);
  const body = await readWhole(found, call.signal);
  if (outcome === true) return contentOf(body, found.headers['content-type'] ?? '');
  throw status === notModified ? new EngineRefusal(status, String(outcome)) : refusalOf(status, body);
}

function isResponse(found: Readable): found is IncomingMessage {
  return 'statusCode' in found && 'headers' in found;
}

async function readWhole(response: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of whole(response, signal)) {
    size += chunk.length;
    if (size > mostAnswerBytes) throw new AnswerUnreadable(`it has more than ${mostAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Passes a response on, and fails where it is cut off. */
async function* whole(response: IncomingMessage, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
  const abort = () => response.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    for await (const chunk of response) yield chunk;
  } catch (cause) {
    signal.throwIfAborted();
    throw new AnswerUnreadable('it was cut off', { cause });
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
  if (!response.complete) throw new AnswerUnreadable('it was cut off');
}

function contentOf(body: Buffer, type: string): Buffer | object | null {
  try {
    const json = readJson(readText(body));
    return typeof json === 'object' ? json : body;
  } catch (error) {
    // An answer without content keeps the type that it would have had.
    if (type.includes('json') && body.length > 0) throw error;
    return body;
  }
}

function refusalOf(status: number, body: Buffer): EngineRefusal {
  const told = refusalSchema.safeParse(contentOf(body, ''));
  if (told.success) return new EngineRefusal(status, told.data.message.trim());
  throw new AnswerUnreadable(`it has the status ${status} and does not say why`);
}

/** A stream that ends with an error where it is cut off, silent for too long, or too long in all. */
function boundStream(response: IncomingMessage, { bound, signal, end }: Call): Readable {
  async function* chunks(): AsyncGenerator<Buffer, void, void> {
    const over = setTimeout(() => end(silentFor(bound.whole)), bound.whole);
    let quiet: NodeJS.Timeout | undefined;
    const listen = () => {
      const { silence } = bound;
      // An error is only made where it is thrown: it takes as long as passing a piece on.
      if (silence !== null) quiet = setTimeout(() => end(silentFor(silence)), silence);
    };
    try {
      listen();
      for await (const chunk of whole(response, signal)) {
        clearTimeout(quiet);
        yield chunk;
        listen();
      }
    } finally {
      clearTimeout(over);
      clearTimeout(quiet);
    }
  }
  const stream = Readable.from(chunks(), { objectMode: false });
  stream.on('error', () => undefined);
  stream.on('close', () => response.destroy());
  return stream;
}

/** A connection that goes both ways is ended with its run; what it carries is for its reader to judge. */
function followDuplex<Stream extends Duplex>(stream: Stream, { bound, signal, end }: Call): Stream {
  const over = setTimeout(() => end(silentFor(bound.whole)), bound.whole);
  over.unref();
  const abort = () => stream.destroy();
  signal.addEventListener('abort', abort, { once: true });
  stream.on('close', () => {
    clearTimeout(over);
    signal.removeEventListener('abort', abort);
  });
  if (signal.aborted) abort();
  return stream;
}
