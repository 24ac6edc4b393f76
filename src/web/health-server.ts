import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Metrics } from '../metrics/metrics.ts';
import { boundServer, serverBounds } from './bounded-server.ts';

/** One address that the program answers at, as plain data, so that any HTTP server can serve it. */
export interface Route {
  readonly method: 'GET';
  readonly path: string;
  readonly handle: () => Promise<{ readonly status: number; readonly type: string; readonly body: string }>;
}

/** What the health routes tell. */
export interface Health {
  /** True once the program answers questions. */
  ready(): boolean;
}

/** The routes for monitors: `/healthz` answers as long as the program runs, `/readyz` while it can do its work. */
export function healthRoutes(health: Health): readonly Route[] {
  const text = (status: number, body: string) => Promise.resolve({ status, type: 'text/plain; charset=utf-8', body });
  return [
    { method: 'GET', path: '/healthz', handle: () => text(200, 'ok\n') },
    {
      method: 'GET',
      path: '/readyz',
      handle: () => (health.ready() ? text(200, 'ready\n') : text(503, 'not ready\n')),
    },
  ];
}

/** The route `/metrics`, with what was measured. What it tells is not for everybody. */
export function metricsRoute(metrics: Pick<Metrics, 'render'>): Route {
  return { method: 'GET', path: '/metrics', handle: async () => ({ status: 200, ...(await metrics.render()) }) };
}

/** A server that listens. */
export interface RouteServer {
  readonly port: number;
  /** Ends it within a second, also where somebody keeps a connection open. */
  end(): Promise<void>;
}

/**
 * Serves routes over HTTP.
 * @throws Error with code EADDRINUSE if the port is taken
 */
export async function serveRoutes(routes: readonly Route[], host: string, port: number): Promise<RouteServer> {
  const server = createServer((request, response) => void answer(routes, request, response));
  const end = boundServer(server, serverBounds);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : port, end };
}

async function answer(routes: readonly Route[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  const route = routes.find((candidate) => candidate.path === path && candidate.method === request.method);
  const text = 'text/plain; charset=utf-8';
  const failed = { status: 500, type: text, body: 'This cannot be told at the moment.\n' };
  const { status, type, body } = route
    ? await route.handle().catch(() => failed)
    : { status: 404, type: text, body: 'There is nothing at this address.\n' };
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body);
}
