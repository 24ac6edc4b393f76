import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { seededRandom } from '../seeded-random.ts';

/** What can happen to a call of the Web API, or to what Slack sends over Socket Mode. */
export type Disturbance = 'delay' | 'cut' | 'truncate' | 'garble' | '500' | '429' | 'hang';

/** A way to a fake Slack on which things go wrong, the same ones for the same seed. */
export interface DisturbingProxy {
  readonly apiUrl: string;
  /** What happened so far. */
  readonly done: readonly string[];
  /** Lets things go wrong for a share of what passes, 0 to 1. */
  disturb(kinds: readonly Disturbance[], share: number): void;
}

/** Milliseconds after which a connection that hangs is cut: a call of the bot is given up after 15 s, a ping sooner. */
const longestHang = 20_000;

/**
 * Starts a proxy before a fake Slack, for its Web API and for Socket Mode. A call that is cut, hangs or fails has not
 * reached Slack; a truncated or garbled answer is one to a call that has.
 */
export async function startDisturbingProxy(target: string, seed: number): Promise<DisturbingProxy> {
  const slack = new URL(target);
  const done: string[] = [];
  const open = new Set<Socket>();
  const random = seededRandom(seed);
  let kinds: readonly Disturbance[] = [];
  let share = 0;

  const draw = (): Disturbance | null =>
    random() < share ? (kinds[Math.floor(random() * kinds.length)] ?? null) : null;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const kind = draw();
    const { socket } = request;
    if (kind !== null) done.push(`${request.url} ${kind}`);
    if (kind === 'delay') await sleep(random() * 400);
    if (kind === 'cut') return void socket.destroy();
    if (kind === '500') return void response.writeHead(500).end('oops');
    if (kind === '429') return void response.writeHead(429, { 'retry-after': '1' }).end();
    if (kind === 'hang') {
      await sleep(longestHang, undefined, { ref: false });
      return void socket.destroy();
    }
    const answer = await forward(request, body);
    const text = rewritten(answer.body.toString());
    const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) };
    response.writeHead(answer.status, headers);
    if (kind === 'garble') return void response.end(garbled(Buffer.from(text)));
    if (kind !== 'truncate') return void response.end(text);
    response.write(text.slice(0, Math.floor(text.length / 2)), () => socket.destroy());
  }

  async function forward({ url, method, headers }: IncomingMessage, body: Buffer) {
    const outgoing = send({ host: slack.hostname, port: slack.port, path: url, method, headers });
    outgoing.end(body);
    const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
    if (!incoming) throw new Error('There is no answer');
    return { status: incoming.statusCode ?? 0, body: await buffer(incoming) };
  }

  /** Socket Mode goes through here too. */
  const rewritten = (text: string) => text.replaceAll(`ws://${slack.host}`, `ws://127.0.0.1:${port}`);

  function garbled(bytes: Buffer): Buffer {
    for (let time = 0; time < 3; time++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    return bytes;
  }

  async function pass(chunk: Buffer, bot: Socket, upstream: Socket): Promise<void> {
    const kind = draw();
    if (kind !== null) done.push(`socket ${kind}`);
    if (kind === 'delay') await sleep(random() * 400);
    if (kind === 'truncate') bot.write(chunk.subarray(0, Math.floor(chunk.length / 2)));
    if (kind === 'hang') await sleep(2000);
    if (kind === 'cut' || kind === 'truncate' || kind === 'hang') {
      bot.destroy();
      upstream.destroy();
    } else bot.write(kind === 'garble' ? garbled(Buffer.from(chunk)) : chunk);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => void open.add(socket.on('error', () => undefined)));
  server.on('upgrade', (request, bot: Socket, head) => {
    const upstream = connect(Number(slack.port), slack.hostname);
    open.add(upstream.on('error', () => undefined));
    const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
    upstream.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    bot.pipe(upstream);
    let last = Promise.resolve();
    upstream.on('data', (chunk: Buffer) => {
      last = last.then(() => pass(chunk, bot, upstream));
    });
    upstream.on('close', () => bot.destroy());
    bot.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    done,
    disturb(wanted, how) {
      kinds = wanted;
      share = how;
    },
  };
}
