import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './test-engine.ts';

/** What is said instead of the real engine's answer. */
export type Instead =
  | { readonly status: number; readonly type?: string; readonly body: string }
  /** Nothing, ever. */
  | 'silence'
  /** The real answer, but its connection ends after so many bytes of the body. */
  | { readonly cutAfter: number };

/**
 * Stands before a real engine and answers some calls itself.
 * @param instead is asked with the method and the path of each call; null passes it on
 * @returns the socket to use, and what was asked for, for example `GET /info`
 */
export async function interpose(real: string, instead: (method: string, url: string) => Instead | null) {
  const socket = join(await temporaryFolder(), 's');
  const asked: string[] = [];
  const open = new Set<Duplex>();

  function passOn(incoming: IncomingMessage, answer: ServerResponse, cutAfter: number): void {
    const { method, url, headers } = incoming;
    const passed = request({ socketPath: real, method, path: url, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 500, found.headers).flushHeaders();
      let left = cutAfter;
      found.on('data', (chunk: Buffer) => {
        answer.write(chunk.subarray(0, Math.max(0, left)));
        left -= chunk.length;
        if (left < 0) answer.socket?.end();
      });
      found.on('end', () => answer.end());
      found.on('error', () => answer.destroy());
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    incoming.pipe(passed);
  }

  const server = createServer((incoming, answer) => {
    const { method = '', url = '' } = incoming;
    asked.push(`${method} ${url}`);
    const own = instead(method, url);
    if (own === 'silence') return;
    if (own !== null && 'status' in own) {
      answer.writeHead(own.status, { 'content-type': own.type ?? 'application/json' }).end(own.body);
    } else passOn(incoming, answer, own?.cutAfter ?? Number.POSITIVE_INFINITY);
  });
  server.on('connection', (connection: Duplex) => open.add(connection.on('error', () => undefined)));
  server.on('upgrade', (incoming: IncomingMessage, near: Duplex, head: Buffer) => {
    const far = connect(real);
    const { rawHeaders, method, url } = incoming;
    const lines = rawHeaders.map((word, index) => (index % 2 === 0 ? `${word}: ` : `${word}\r\n`)).join('');
    far.write(`${method} ${url} HTTP/1.1\r\n${lines}\r\n`);
    far.write(head);
    far.pipe(near).pipe(far);
    for (const end of [near, far]) end.on('error', () => undefined);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(socket);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const connection of open) connection.destroy();
  });
  return { socket, asked };
}
