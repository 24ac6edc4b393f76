import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readBody } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { refusalOf } from './validate-message.ts';

/** A call of the Web API, or a use of a response address, as it came in. */
export interface Call {
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly blocks: readonly Block[] | undefined;
  readonly at: number;
}

/** A block of a message, loosely: tests look into it, `refusalOf` has checked it. */
export interface Block {
  readonly type: string;
  readonly elements?: readonly { readonly action_id?: string; readonly value?: string; readonly text?: unknown }[];
}

/** A Slack of one workspace for tests: Web API over HTTP, Socket Mode over a WebSocket, signed requests. */
export interface FakeSlack {
  readonly apiUrl: string;
  readonly calls: Call[];
  /** What Slack would have refused: tests end with it empty. */
  readonly refused: string[];
  /** The next calls of a method get these answers instead: an error's name, or an HTTP status. */
  readonly faults: Map<string, (string | number)[]>;
  /** Waits until a call fits. */
  waitFor(fits: (call: Call) => boolean, seconds?: number): Promise<Call>;
  /** Sends an envelope over Socket Mode and waits for its acknowledgement. */
  send(type: 'events_api' | 'slash_commands' | 'interactive', payload: object): Promise<void>;
  /** Cuts the Socket Mode connection. */
  cut(): void;
  /** Waits until the app is connected. */
  connected(): Promise<void>;
  responseUrl(): string;
}

export const workspace = {
  team: 'T1',
  botUser: 'U0BOT',
  botToken: 'xoxb-test',
  appToken: 'xapp-test',
  signingSecret: 'shh',
} as const;

/** Starts a fake Slack for one test. */
export async function startFakeSlack(): Promise<FakeSlack> {
  const calls: Call[] = [];
  const refused: string[] = [];
  const faults = new Map<string, (string | number)[]>();
  const waiting = new Set<() => void>();
  const acknowledged = new Map<string, () => void>();
  let socket: WebSocket | null = null;
  let connection = Promise.withResolvers<void>();
  let lastTs = 1000;

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const sockets = new WebSocketServer({ server, path: '/link' });
  sockets.on('connection', (opened) => {
    socket = opened;
    opened.on('message', (data) => {
      const { envelope_id: id } = JSON.parse(String(data));
      acknowledged.get(id)?.();
    });
    opened.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    connection.resolve();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const base = `127.0.0.1:${port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = (request.url ?? '').replace(/^\/(api\/)?/, '');
    const body = await readBody(request);
    const json = request.headers['content-type']?.includes('json') === true;
    const fields: Record<string, string> = json
      ? Object.fromEntries(
          Object.entries(JSON.parse(body)).map(([key, value]) => [
            key,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        )
      : Object.fromEntries(new URLSearchParams(body));
    const blocks = fields.blocks === undefined ? undefined : JSON.parse(fields.blocks);
    const fault = faults.get(method)?.shift();
    if (typeof fault === 'number') {
      response.writeHead(fault, fault === 429 ? { 'retry-after': '1' } : {}).end();
      return;
    }
    if (fault === undefined) record({ method, fields, blocks, at: performance.now() });
    const answer = fault === undefined ? answerTo(method, fields, blocks) : { ok: false, error: fault };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  function record(call: Call): void {
    calls.push(call);
    for (const look of waiting) look();
  }

  function answerTo(method: string, fields: Readonly<Record<string, string>>, blocks: unknown): object {
    if (method === 'auth.test') {
      const known = fields.token === undefined || fields.token === workspace.botToken;
      return known
        ? { ok: true, team_id: workspace.team, user_id: workspace.botUser, bot_id: 'B1', url: `http://${base}/` }
        : { ok: false, error: 'invalid_auth' };
    }
    if (method === 'apps.connections.open') return { ok: true, url: `ws://${base}/link` };
    const posting = ['chat.postMessage', 'chat.update', 'chat.postEphemeral'].includes(method);
    if (!posting && !method.startsWith('respond/')) {
      refused.push(`unknown method ${method}`);
      return { ok: false, error: 'unknown_method' };
    }
    const refusal = refusalOf(fields.text, blocks) ?? missing(method, fields);
    if (refusal !== null) {
      refused.push(`${method}: ${refusal}`);
      return { ok: false, error: 'invalid_blocks' };
    }
    const channel = fields.channel?.startsWith('U') === true ? `D${fields.channel}` : fields.channel;
    return { ok: true, channel, ts: method === 'chat.update' ? fields.ts : `${++lastTs}.000100` };
  }

  function missing(method: string, fields: Readonly<Record<string, string>>): string | null {
    const needed = method.startsWith('respond/')
      ? []
      : ['channel', ...(method === 'chat.update' ? ['ts'] : []), ...(method === 'chat.postEphemeral' ? ['user'] : [])];
    const absent = needed.filter((name) => (fields[name] ?? '') === '');
    return absent.length > 0 ? `missing ${absent.join(', ')}` : null;
  }

  onTestFinished(async () => {
    sockets.close();
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });

  return {
    apiUrl: `http://${base}/api/`,
    calls,
    refused,
    faults,
    async waitFor(fits, seconds = 20) {
      const found = () => calls.find(fits);
      const present = found();
      if (present) return present;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const seen = calls.map((call) => `${call.method} ${JSON.stringify(call.fields).slice(0, 200)}`).join('\n');
          reject(new Error(`No such call came. Refused: ${refused.join('; ') || 'none'}. Calls:\n${seen}`));
        }, seconds * 1000);
        const look = () => {
          const call = found();
          if (!call) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(call);
        };
        waiting.add(look);
      });
    },
    async send(type, payload) {
      await connection.promise;
      const id = randomUUID();
      const done = new Promise<void>((resolve) => acknowledged.set(id, resolve));
      socket?.send(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: type !== 'events_api' }));
      await done;
    },
    cut() {
      connection = Promise.withResolvers<void>();
      socket?.terminate();
    },
    connected: () => connection.promise,
    responseUrl: () => `http://${base}/respond/${randomUUID()}`,
  };
}

/** The headers of a request that Slack signed (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export function signedHeaders(
  body: string,
  secret: string = workspace.signingSecret,
  ageSeconds = 0,
): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
}
