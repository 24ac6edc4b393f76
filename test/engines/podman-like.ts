import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './test-engine.ts';

/** What becomes of a request to start a container: it fails, or what is attached is cut off once it has started. */
export type StartFault = 'none' | 'fails' | 'cuts';

/** Without seccomp, since Podman takes a profile by its path, which means nothing to Docker. */
const says: Readonly<Record<string, object>> = {
  '/version': { Components: [{ Name: 'Podman Engine' }] },
  '/info': { SecurityOptions: [] },
};

/** A body that comes as late as this is input to Docker too, as it always is to Podman. */
const lateBodyMs = 50;

/**
 * Stands before a real engine, says that it is Podman, and does to starts what Podman's own tidying up after a stop can do.
 * @param real the socket of the real engine
 * @param faults what becomes of the first start, the second, and so on; further ones are passed on
 * @returns the socket to use, and how many starts were asked for
 */
export async function standAsPodman(real: string, faults: readonly StartFault[]) {
  const socket = join(await temporaryFolder(), 's');
  const attached = new Set<Duplex>();
  let starts = 0;

  async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method, url = '', headers } = asked;
    const fault = method === 'POST' && url.endsWith('/start') ? (faults[starts++] ?? 'none') : 'none';
    if (fault === 'fails') {
      answer.writeHead(500, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ message: 'container is not in a state to be started' }));
      return;
    }
    const passed = request({ socketPath: real, method, path: url, headers });
    asked.pipe(passed);
    passed.on('error', () => answer.destroy());
    const found = await new Promise<IncomingMessage>((resolve) => passed.on('response', resolve));
    if (fault === 'cuts') for (const stream of attached) stream.destroy();
    const own = says[url];
    if (own !== undefined) {
      answer.end(JSON.stringify({ ...JSON.parse(await text(found)), ...own }));
      return;
    }
    answer.writeHead(found.statusCode ?? 500, found.headers);
    found.pipe(answer);
  }

  const server = createServer((asked, answer) => void pass(asked, answer)).listen(socket);
  server.on('upgrade', (asked: IncomingMessage, near: Duplex, head: Buffer) => {
    const far = connect(real);
    const lines = asked.rawHeaders.map((word, index) => (index % 2 === 0 ? `${word}: ` : `${word}\r\n`)).join('');
    far.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines}\r\n`);
    far.pipe(near);
    void sleep(lateBodyMs).then(() => {
      far.write(head);
      near.pipe(far);
    });
    attached.add(near);
    for (const end of [near, far]) end.on('error', () => undefined).on('close', () => near.destroy());
    near.on('close', () => {
      attached.delete(near);
      far.destroy();
    });
  });
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    for (const stream of attached) stream.destroy();
  });
  return { socket, starts: () => starts };
}
