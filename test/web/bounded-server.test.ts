import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { guardRequests } from '../../src/slack/transport/guard-requests.ts';
import { boundServer } from '../../src/web/bounded-server.ts';

/** Starts a bounded server. @returns a way to it */
async function start(listener: RequestListener, connections = 3) {
  const server = createServer(listener);
  const end = boundServer(server, { connections, headers: 60_000, request: 60_000 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(end);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  return { end, open };
}

const post = (length: number) => `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`;

test('a server takes as many connections as it may, and turns others away', async () => {
  const { open } = await start((_, response) => void response.end('here'));
  for (let count = 0; count < 3; count++) await open();
  const fourth = await open();
  await once(fourth.resume(), 'close');
});

test('a server ends although somebody says nothing, or half of something', async () => {
  const { open, end } = await start((_, response) => void response.end('here'));
  const sockets = [await open(), await open()];
  sockets[1]?.write('POST / HTTP/1.1\r\n');
  const closed = sockets.map((socket) => once(socket.resume(), 'close'));
  await end();
  await Promise.all(closed);
});

test('bodies that are held open are bounded all together', async () => {
  const listener = guardRequests((_, response) => void response.end(), { body: 1000, bodies: 1500 });
  const { open } = await start(listener, 10);
  const first = await open();
  first.write(`${post(900)}${'{'.padEnd(800)}`);
  const second = await open();
  second.write(`${post(900)}${'{'.padEnd(800)}`);
  const [refused] = await Promise.race([once(first, 'data'), once(second, 'data')]);
  expect(String(refused)).toContain('503');
  const third = await open();
  third.write(`${post(100)}${'{'.padEnd(100)}`);
  expect(String((await once(third, 'data'))[0])).toContain('200');
});
