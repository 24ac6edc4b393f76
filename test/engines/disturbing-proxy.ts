import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { seededRandom } from '../seeded-random.ts';

/** What becomes of the answer to a call. */
export const disturbances = ['cut', 'truncate', 'garble', 'delay', 'hang', '500'] as const;

/** One of them. */
export type Disturbance = (typeof disturbances)[number];

/** A proxy between the program and a real engine that disturbs some of the calls. */
export interface DisturbingProxy {
  readonly socket: string;
  /** The calls that were disturbed so far, for example `cut GET /info`. */
  readonly disturbed: readonly string[];
  close(): void;
}

/** How a proxy disturbs. */
export interface Disturbed {
  readonly kinds: readonly Disturbance[];
  /** Which part of the calls, from 0 to 1. */
  readonly share: number;
  /** The same seed disturbs the same calls, as long as they come in the same order. */
  readonly seed: number;
}

/** An answer is disturbed somewhere in so many of its first bytes. */
const reach = 600;

/** How many bytes are garbled: enough that they do not happen to make sense. */
const garbledBytes = 16;

/**
 * Stands before a real engine, call by call: each gets a connection of its own, and what is to be disturbed is disturbed
 * on the way back, in the head, in the body or in between.
 * @param real the socket of the real engine
 * @param folder for the proxy's socket
 */
export async function disturb(
  real: string,
  folder: string,
  { kinds, share, seed }: Disturbed,
): Promise<DisturbingProxy> {
  const random = seededRandom(seed);
  const disturbed: string[] = [];
  const open = new Set<Duplex>();

  const keep = <Stream extends Duplex>(stream: Stream): Stream => {
    open.add(stream);
    stream.on('error', () => undefined).on('close', () => open.delete(stream));
    return stream;
  };

  /** Passes a call on, and the answer back. */
  function pass(asked: IncomingMessage, near: Duplex, head: Buffer): void {
    const kind = random() < share ? (kinds[Math.floor(random() * kinds.length)] ?? null) : null;
    const at = Math.floor(random() * reach);
    if (kind !== null) disturbed.push(`${kind} ${asked.method} ${asked.url}`);
    if (kind === '500') {
      const body = JSON.stringify({ message: 'something stands in the way' });
      const lines = ['HTTP/1.1 500 Internal Server Error', 'content-type: application/json', 'connection: close'];
      near.end([...lines, `content-length: ${body.length}`, '', body].join('\r\n'));
      return;
    }
    const far = keep(connect(real));
    far.write(headOf(asked));
    if (asked.headers.upgrade === undefined) sendBody(asked, far);
    else {
      far.write(head);
      near.pipe(far);
    }
    near.on('close', () => far.destroy());
    if (kind === 'truncate' && asked.headers.upgrade === undefined) void sendTruncated(far, near, random());
    else sendBack(far, near, kind, at, random);
  }

  const server = createServer();
  // What is written to a connection past the server's own answers is not the server's to end.
  server.on('connection', (connection: Socket) => keep(connection));
  server.on('request', (asked: IncomingMessage) => pass(asked, asked.socket, Buffer.alloc(0)));
  server.on('upgrade', (asked: IncomingMessage, near: Duplex, head: Buffer) => pass(asked, keep(near), head));
  const socket = join(folder, `d-${seed}-${Math.floor(random() * 1e6)}`);
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    disturbed,
    close() {
      server.close();
      for (const stream of open) stream.destroy();
    },
  };
}

/** The head of a request as it came, but that the connection ends with the answer. */
function headOf({ method, url, rawHeaders, headers }: IncomingMessage): string {
  const lines: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.toLowerCase() === 'connection' && headers.upgrade === undefined) continue;
    lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  if (headers.upgrade === undefined) lines.push('Connection: close');
  return `${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

function sendBody(asked: IncomingMessage, far: Socket): void {
  const chunked = asked.headers['transfer-encoding'] !== undefined;
  asked.on('data', (chunk: Buffer) => {
    if (chunked) far.write(`${chunk.length.toString(16)}\r\n`);
    far.write(chunk);
    if (chunked) far.write('\r\n');
  });
  asked.on('end', () => {
    if (chunked) far.write('0\r\n\r\n');
  });
}

/** Sends what the engine answers, and disturbs it where so many bytes have gone by. */
function sendBack(far: Socket, near: Duplex, kind: Disturbance | null, at: number, random: () => number): void {
  let sent = 0;
  let over = false;
  far.on('data', (chunk: Buffer) => {
    if (over) return;
    const place = at - sent;
    sent += chunk.length;
    // A short answer is disturbed in its last bytes.
    const within = place < chunk.length ? Math.max(0, place) : chunk.length - 1;
    if (kind === null || kind === 'truncate' || kind === '500') near.write(chunk);
    else if (kind === 'garble') near.write(garble(chunk, within, random));
    else if (kind === 'delay') {
      far.pause();
      setTimeout(() => {
        near.write(chunk);
        far.resume();
      }, random() * 400);
      return;
    } else {
      near.write(chunk.subarray(0, within));
      if (kind === 'cut') near.destroy();
    }
    over = kind === 'cut' || kind === 'hang';
    if (kind === 'garble') kind = null;
    if (kind === 'truncate') {
      over = true;
      near.end();
    }
  });
  far.on('end', () => {
    if (kind !== 'hang') near.end();
  });
}

function garble(chunk: Buffer, at: number, random: () => number): Buffer {
  const copy = Buffer.from(chunk);
  const from = Math.min(at, Math.max(0, copy.length - garbledBytes));
  for (let place = from; place < Math.min(copy.length, from + garbledBytes); place++) {
    copy[place] = Math.floor(random() * 256);
  }
  return copy;
}

/** Sends an answer whose body ends too early, but whose head says that it is whole. */
async function sendTruncated(far: Socket, near: Duplex, part: number): Promise<void> {
  const chunks: Buffer[] = [];
  far.on('data', (chunk: Buffer) => void chunks.push(chunk));
  await new Promise((resolve) => far.on('close', resolve));
  const raw = Buffer.concat(chunks);
  const end = raw.indexOf('\r\n\r\n');
  if (end < 0) return void near.end(raw);
  const lines = raw.toString('latin1', 0, end).split('\r\n');
  const chunked = lines.some((line) => /^transfer-encoding:/i.test(line));
  const whole = chunked ? joinChunks(raw.subarray(end + 4)) : raw.subarray(end + 4);
  const body = whole.subarray(0, Math.floor(whole.length * part));
  const kept = lines.filter((line) => !/^(?:transfer-encoding|content-length):/i.test(line));
  near.write([...kept, `Content-Length: ${body.length}`, '', ''].join('\r\n'));
  near.end(body);
}

function joinChunks(raw: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < raw.length; ) {
    const line = raw.indexOf('\r\n', at);
    const length = Number.parseInt(raw.toString('latin1', at, line), 16);
    if (!(length > 0)) break;
    parts.push(raw.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
  return Buffer.concat(parts);
}
