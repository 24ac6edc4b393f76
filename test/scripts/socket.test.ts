import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findAnsweringSocket, socketCandidates, waitForSocket } from '../../scripts/engine/socket.mjs';
import { temporaryFolder } from '../engines/test-engine.ts';

async function serveAt(socket: string, status: number): Promise<void> {
  const server = createServer((_, response) => response.writeHead(status).end()).listen(socket);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
}

test('the first socket at which an engine answers is found', async () => {
  const folder = await temporaryFolder();
  const [missing, file, broken, good] = ['missing', 'file', 'broken', 'good'].map((name) => join(folder, name));
  if (!missing || !file || !broken || !good) throw new Error('no paths');
  await writeFile(file, '');
  await serveAt(broken, 500);
  await serveAt(good, 200);
  expect(await findAnsweringSocket([missing, file, broken, good])).toBe(good);
  expect(await findAnsweringSocket([missing, file, broken])).toBeNull();
});

test('waiting for an engine that never comes ends', async () => {
  expect(await waitForSocket(join(await temporaryFolder(), 'never'), 0.3)).toBe(false);
});

test("a rootless engine's socket is looked at where there is a runtime directory", () => {
  expect(socketCandidates({ XDG_RUNTIME_DIR: '/run/user/7' })).toContain('/run/user/7/docker.sock');
  expect(socketCandidates({})[0]).toBe('/var/run/docker.sock');
});
