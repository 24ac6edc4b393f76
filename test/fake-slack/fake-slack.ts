import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readBody } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createFakeOAuth, type FakeOAuth, type FakeWorkspace } from './fake-oauth.ts';
import { callRefusalOf } from './method-rules.ts';
import { viewRefusalOf } from './validate-message.ts';

/** A call of the Web API, or a use of a response address, as it came in. */
export interface Call {
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
  /** The blocks of the message or view. */
  readonly blocks: readonly Block[] | undefined;
  /** The workspace whose token it came with; null without one. */
  readonly team: string | null;
  readonly at: number;
}

/** A block of a message, loosely: tests look into it, `refusalOf` has checked it. */
export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly elements?: readonly BlockElement[];
  readonly accessory?: BlockElement;
  /** The field of an input. */
  readonly element?: BlockElement;
}

/** A button, a menu, or something else within a block. */
export interface BlockElement {
  readonly type?: string;
  readonly action_id?: string;
  readonly value?: string;
  readonly options?: readonly MenuOption[];
  readonly option_groups?: readonly { readonly options: readonly MenuOption[] }[];
  readonly positive_button?: MenuOption;
  readonly negative_button?: MenuOption;
}

/** What is picked in a menu, or in a pair of buttons. */
export interface MenuOption {
  readonly value: string;
}

/** A Slack for tests: Web API over HTTP, Socket Mode over a WebSocket, signed requests. */
export interface FakeSlack {
  readonly apiUrl: string;
  readonly calls: Call[];
  /** What Slack would have refused: tests end with it empty. */
  readonly refused: string[];
  /** The next calls of a method get these answers instead: an error's name, or an HTTP status. */
  readonly faults: Map<string, (string | number)[]>;
  /** What it lacks, as something that stands in Slack's place may. */
  readonly lacks: Lacks;
  /** Installations of the app in further workspaces. */
  readonly oauth: FakeOAuth;
  /** Tells of every call from now on. */
  listen(listener: (call: Call) => void): void;
  /** Waits until a call fits. */
  waitFor(fits: (call: Call) => boolean, seconds?: number): Promise<Call>;
  /** Sends an envelope over Socket Mode and waits for its acknowledgement. @returns what it answers, if anything */
  send(type: 'events_api' | 'slash_commands' | 'interactive', payload: object): Promise<unknown>;
  /** Cuts the Socket Mode connection without a word, and takes no new one for some time. */
  cut(seconds?: number): void;
  /** Asks the app to connect anew, as Slack does from time to time, and ends the connection soon after. */
  refresh(): void;
  /** Waits until the app is connected. */
  connected(): Promise<void>;
  responseUrl(): string;
  /** What `conversations.replies` tells of threads, by the timestamp of their first message. */
  readonly threads: Map<string, readonly object[]>;
  /** What `users.info` says of people beside their id. */
  readonly people: Map<string, object>;
}

/** What something that stands in Slack's place lacks. */
export interface Lacks {
  /** Methods that it does not know, and what it answers to them. */
  readonly methods: Map<string, RawAnswer>;
  /** Types of blocks, or of what stands in them, that it refuses, and with which error. */
  readonly blocks: Map<string, string>;
  /** Fields that it leaves out of its answers, such as `bot_id`. */
  readonly fields: Set<string>;
}

/** An answer as it goes over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export const workspace = {
  team: 'T1',
  botUser: 'U0BOT',
  botToken: 'xoxb-test',
  appToken: 'xapp-test',
  signingSecret: 'shh',
} as const;

/**
 * Starts a fake Slack.
 * @param atEnd takes what ends it; the end of the test by default
 */
export async function startFakeSlack(atEnd: (end: () => Promise<void>) => void = onTestFinished): Promise<FakeSlack> {
  const calls: Call[] = [];
  const refused: string[] = [];
  const faults = new Map<string, (string | number)[]>();
  const people = new Map<string, object>();
  const threads = new Map<string, readonly object[]>();
  const lacks: Lacks = { methods: new Map(), blocks: new Map(), fields: new Set() };
  const waiting = new Set<() => void>();
  const listeners = new Set<(call: Call) => void>();
  const acknowledged = new Map<string, (payload: unknown) => void>();
  const unacknowledged = new Map<string, Envelope>();
  const oauth = createFakeOAuth();
  let isOpen = false;
  let shutUntil = 0;
  let socket: WebSocket | null = null;
  let connection = Promise.withResolvers<void>();
  let lastTs = 1000;
  let lastFile = 0;

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const sockets = new WebSocketServer({ server, path: '/link' });
  sockets.on('connection', (opened) => {
    socket = opened;
    isOpen = true;
    opened.on('close', () => {
      if (isOpen && socket === opened) disconnect();
    });
    opened.on('message', (data) => {
      const { envelope_id: id, payload } = JSON.parse(String(data));
      if (payload?.view !== undefined) noteRefusal('response_action', viewRefusalOf(payload.view));
      acknowledged.get(id)?.(payload);
      acknowledged.delete(id);
      unacknowledged.delete(id);
    });
    opened.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    connection.resolve();
    for (const [id, envelope] of unacknowledged) sendAgain(opened, id, envelope);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const base = `127.0.0.1:${port}`;

  function disconnect(): void {
    isOpen = false;
    connection = Promise.withResolvers<void>();
  }

  /** What was sent and not acknowledged comes again, counted. */
  function sendAgain(to: WebSocket, id: string, envelope: Envelope): void {
    const again = { ...envelope, retry_attempt: (envelope.retry_attempt ?? 0) + 1, retry_reason: 'timeout' };
    unacknowledged.set(id, again);
    to.send(JSON.stringify(again));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = (request.url ?? '').replace(/^\/(api\/)?/, '');
    const body = await readBody(request);
    if (method.startsWith('upload/')) {
      response.writeHead(200).end('OK');
      return;
    }
    const json = request.headers['content-type']?.includes('json') === true;
    const fields: Record<string, string> = json
      ? Object.fromEntries(
          Object.entries(JSON.parse(body)).map(([key, value]) => [
            key,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        )
      : Object.fromEntries(new URLSearchParams(body));
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '') || (fields.token ?? '');
    const call = readCall(method, fields, workspaceOf(token)?.team ?? null);
    const kind = method.split('/')[0] ?? '';
    const lack = lacks.methods.get(kind);
    if (lack) {
      response.writeHead(lack.status, { 'content-type': lack.type }).end(lack.body);
      return;
    }
    const fault = isShut(method) ? 503 : (faults.get(kind)?.shift() ?? refusedBlock(fields));
    if (typeof fault === 'number') {
      response.writeHead(fault, fault === 429 ? { 'retry-after': '1' } : {}).end();
      return;
    }
    if (fault === undefined) record(call);
    const answer = fault === undefined ? answerTo(call, token) : { ok: false, error: fault };
    // A response address knows no details: it takes a message or it does not.
    const status = method.startsWith('respond/') && !answer.ok ? 404 : 200;
    const told = Object.fromEntries(Object.entries(answer).filter(([field]) => !lacks.fields.has(field)));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
  }

  function refusedBlock({ blocks, view }: Readonly<Record<string, string>>): string | undefined {
    const sent = `${blocks ?? ''}${view ?? ''}`;
    return [...lacks.blocks].find(([type]) => sent.includes(`"type":"${type}"`))?.[1];
  }

  function isShut(method: string): boolean {
    return method === 'apps.connections.open' && performance.now() < shutUntil;
  }

  function workspaceOf(token: string): FakeWorkspace | null {
    return token === workspace.botToken ? workspace : (oauth.tokens.get(token) ?? null);
  }

  function isDeleted({ channel, ts }: Readonly<Record<string, string>>): boolean {
    return calls.some(
      ({ method, fields }) => method === 'chat.delete' && fields.channel === channel && fields.ts === ts,
    );
  }

  function noteRefusal(method: string, refusal: string | null): void {
    if (refusal !== null) refused.push(`${method}: ${refusal}`);
  }

  function record(call: Call): void {
    calls.push(call);
    for (const listen of listeners) listen(call);
    for (const look of waiting) look();
  }

  function answerTo({ method, fields }: Call, token: string): Readonly<Record<string, unknown>> {
    const kind = method.split('/')[0] ?? '';
    if (kind === 'oauth.v2.access') return oauth.access(fields);
    const known = kind === 'apps.connections.open' ? token === workspace.appToken : workspaceOf(token) !== null;
    if (kind !== 'respond' && !known) return { ok: false, error: token === '' ? 'not_authed' : 'invalid_auth' };
    const refusal = callRefusalOf(kind, fields);
    if (refusal !== null) {
      noteRefusal(method, refusal);
      return { ok: false, error: /^\w+/.exec(refusal)?.[0] ?? 'invalid_blocks' };
    }
    switch (kind) {
      case 'auth.test': {
        const { team, botUser } = workspaceOf(token) ?? workspace;
        return { ok: true, team_id: team, user_id: botUser, bot_id: 'B1', url: `http://${base}/` };
      }
      case 'apps.connections.open':
        return { ok: true, url: `ws://${base}/link` };
      case 'chat.postMessage':
      case 'chat.update': {
        if (kind === 'chat.update' && isDeleted(fields)) return { ok: false, error: 'message_not_found' };
        // A message to a person goes to the conversation with them.
        const channel = fields.channel?.replace(/^U/, 'DU');
        return { ok: true, channel, ts: kind === 'chat.update' ? fields.ts : `${++lastTs}.000100` };
      }
      case 'conversations.history':
        return {
          ok: true,
          messages: calls
            .filter((call) => call.method === 'chat.postMessage' && call.fields.channel === fields.channel)
            .map((call) => ({
              text: call.fields.text,
              ...(call.fields.metadata === undefined ? {} : { metadata: JSON.parse(call.fields.metadata) }),
            })),
        };
      case 'conversations.replies': {
        const messages = threads.get(fields.ts ?? '');
        return messages === undefined ? { ok: false, error: 'thread_not_found' } : { ok: true, messages };
      }
      case 'files.getUploadURLExternal':
        return { ok: true, file_id: `F${++lastFile}`, upload_url: `http://${base}/upload/F${lastFile}` };
      case 'files.completeUploadExternal':
        return { ok: true, files: JSON.parse(fields.files ?? '[]') };
      case 'views.open':
        return { ok: true, view: { id: 'VOPENED' } };
      case 'conversations.open':
        return { ok: true, channel: { id: `D${fields.users}` } };
      case 'chat.getPermalink':
        return {
          ok: true,
          channel: fields.channel,
          permalink: `https://t.test/${fields.channel}/${fields.message_ts}`,
        };
      case 'users.info':
        return {
          ok: true,
          user: { id: fields.user, team_id: workspaceOf(token)?.team, ...people.get(fields.user ?? '') },
        };
      default:
        return { ok: true };
    }
  }

  atEnd(async () => {
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
    lacks,
    oauth,
    listen: (listener) => void listeners.add(listener),
    async waitFor(fits, seconds = 40) {
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
      const done = new Promise((resolve) => acknowledged.set(id, resolve));
      const envelope = { type, envelope_id: id, payload, accepts_response_payload: type !== 'events_api' };
      unacknowledged.set(id, envelope);
      socket?.send(JSON.stringify(envelope));
      return done;
    },
    cut(seconds = 0) {
      disconnect();
      shutUntil = performance.now() + seconds * 1000;
      socket?.terminate();
    },
    refresh() {
      disconnect();
      const old = socket;
      old?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
      setTimeout(() => old?.terminate(), 500);
    },
    connected: () => connection.promise,
    people,
    threads,
    responseUrl: () => `http://${base}/respond/${randomUUID()}`,
  };
}

/** What goes over Socket Mode (https://docs.slack.dev/apis/events-api/using-socket-mode). */
interface Envelope {
  readonly type: string;
  readonly envelope_id: string;
  readonly payload: object;
  readonly accepts_response_payload: boolean;
  readonly retry_attempt?: number;
}

function readCall(method: string, fields: Readonly<Record<string, string>>, team: string | null): Call {
  const view = fields.view === undefined ? undefined : JSON.parse(fields.view);
  const blocks = fields.blocks === undefined ? view?.blocks : JSON.parse(fields.blocks);
  return { method, fields, blocks, team, at: performance.now() };
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
