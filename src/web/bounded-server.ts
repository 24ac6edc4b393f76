import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a server that anybody may reach takes from them. */
export interface ServerBounds {
  /** Connections at once; further ones are turned away. One that says nothing takes about 20 KiB. */
  readonly connections: number;
  /** Milliseconds for the headers of a request, and for all of it. */
  readonly headers: number;
  readonly request: number;
}

/** What the program's servers take: Slack and monitors send small requests at once. */
export const serverBounds: ServerBounds = { connections: 12_000, headers: 10_000, request: 15_000 };

/** Milliseconds that requests under way have for their answer when the server ends. */
const grace = 500;

/**
 * Bounds a server.
 * @returns ends it: it takes no more connections, answers what it was asked, and lets go of those who say nothing
 */
export function boundServer(server: Server, { connections, headers, request }: ServerBounds): () => Promise<void> {
  const open = new Set<Socket>();
  server.maxConnections = connections;
  server.headersTimeout = headers;
  server.requestTimeout = request;
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async () => {
    server.close();
    server.closeIdleConnections();
    if (open.size > 0) await Promise.race([allClosed(open), sleep(grace)]);
    for (const socket of open) socket.destroy();
  };
}

async function allClosed(open: ReadonlySet<Socket>): Promise<void> {
  await Promise.all([...open].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
}
