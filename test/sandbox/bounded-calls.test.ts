import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { describe, expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { attachWithInput } from '../../src/sandbox/attach.ts';
import { boundOf, type CallBounds, callBounds } from '../../src/sandbox/call-bounds.ts';
import { connectEngine } from '../../src/sandbox/engine.ts';
import { AnswerUnreadable, EngineRefusal, EngineSilent } from '../../src/sandbox/engine-answer.ts';
import { toSandboxError } from '../../src/sandbox/sandbox-error.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

/** The bounds in force, so much shorter that a test can wait for them. */
const short: CallBounds = {
  tell: { answer: 100, silence: 100, whole: 300 },
  work: { answer: 100, silence: 100, whole: 300 },
  export: { answer: 100, silence: 100, whole: 300 },
  follow: { answer: 200, silence: null, whole: 300 },
};

const archive = () => Readable.from([Buffer.from('archive')]);
const id = 'a'.repeat(64);

/** Every call that src/sandbox makes, by the words with which it makes it. */
const calls: Readonly<Record<string, (docker: Docker, abortSignal: AbortSignal) => Promise<unknown>>> = {
  'docker.version(': (docker) => docker.version(),
  'docker.info(': (docker) => docker.info(),
  'docker.ping(': (docker) => docker.ping(),
  'docker.df(': (docker) => docker.df(),
  'docker.pull(': async (docker) => buffer(await docker.pull('image')),
  'docker.buildImage(': async (docker) => buffer(await docker.buildImage(archive(), {})),
  'docker.loadImage(': async (docker) => buffer(await docker.loadImage(archive(), {})),
  'docker.listContainers(': (docker) => docker.listContainers({ all: true }),
  'docker.listImages(': (docker) => docker.listImages({ all: true }),
  'docker.listVolumes(': (docker) => docker.listVolumes(),
  'docker.createContainer(': (docker) => docker.createContainer({ Image: 'image' }),
  'docker.pruneContainers(': (docker) => docker.pruneContainers({}),
  'docker.listNetworks(': (docker) => docker.listNetworks(),
  'docker.createNetwork(': (docker) => docker.createNetwork({ Name: 'n' }),
  'docker.createVolume(': (docker) => docker.createVolume({ Name: 'v' }),
  '.inspect(': (docker) => docker.getContainer(id).inspect(),
  '.attach(': async (docker, abortSignal) =>
    text(await docker.getContainer(id).attach({ stream: true, stdout: true, abortSignal })),
  'attachWithInput(': async (docker, signal) => buffer(await attachWithInput(docker, id, signal)),
  '.start(': (docker) => docker.getContainer(id).start(),
  '.stop(': (docker) => docker.getContainer(id).stop({ t: 1 }),
  '.kill(': (docker) => docker.getContainer(id).kill(),
  '.pause(': (docker) => docker.getContainer(id).pause(),
  '.unpause(': (docker) => docker.getContainer(id).unpause(),
  '.wait(': (docker, abortSignal) => docker.getContainer(id).wait({ abortSignal }),
  '.logs(': (docker) => docker.getContainer(id).logs({ stdout: true, follow: false }),
  '.changes(': (docker) => docker.getContainer(id).changes(),
  '.top(': (docker) => docker.getContainer(id).top(),
  '.stats(': (docker) => docker.getContainer(id).stats({ stream: false }),
  '.commit(': (docker) => docker.getContainer(id).commit({}),
  '.update(': (docker) => docker.getContainer(id).update({}),
  '.getArchive(': async (docker) => buffer(await docker.getContainer(id).getArchive({ path: '/' })),
  '.putArchive(': (docker) => docker.getContainer(id).putArchive(archive(), { path: '/' }),
  '.exec(': (docker) => docker.getContainer(id).exec({ Cmd: ['true'] }),
  'exec.start(': async (docker, abortSignal) => text(await docker.getExec(id).start({ abortSignal })),
  '.remove(': (docker) => docker.getContainer(id).remove({ force: true }),
  '.history(': (docker) => docker.getImage(id).history(),
  '.tag(': (docker) => docker.getImage(id).tag({ repo: 'r' }),
  '.get()': async (docker) => buffer(await docker.getImage(id).get()),
};

async function connect(server: ReturnType<typeof createSocketServer>, bounds = short) {
  const socket = join(await temporaryFolder(), 's');
  const open = new Set<Socket>();
  server.on('connection', (connection: Socket) => {
    open.add(connection.on('error', () => undefined));
  });
  server.listen(socket);
  await once(server, 'listening');
  const engine = connectEngine({ host: `unix://${socket}`, tlsVerify: false, certPath: null }, {}, bounds);
  onTestFinished(() => {
    for (const connection of open) connection.destroy();
    server.close();
  });
  return engine;
}

const answering = (listener: RequestListener) => connect(createServer(listener));

/** An engine that takes connections, hears requests, and says this much of an answer. */
const saying = (words: string, end = false) =>
  connect(
    createSocketServer((socket) => {
      socket.once('data', () => (end ? socket.end(words) : socket.write(words)));
    }),
  );

const json = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 30\r\n\r\n';

describe.each(Object.entries(calls))('the call %s…)', (_, call) => {
  const never = new AbortController().signal;

  test.each([
    ['is silent', ''],
    ['stops in its head', 'HTTP/1.1 200 OK\r\ncontent-ty'],
    ['stops in its body', `${json}{"Version": `],
  ])('ends where the engine %s', async (_situation, words) => {
    const { docker } = await saying(words);
    await expect(call(docker, never)).rejects.toSatisfy(
      (error) => error instanceof EngineSilent || error instanceof AnswerUnreadable,
    );
  });

  test('ends where the engine hangs up in its body, and is told from an answer', async () => {
    const { docker } = await saying(`${json}{"Version": `, true);
    const failure = await call(docker, never).then(
      () => null,
      (error: unknown) => toSandboxError(error, 'unix:///s', 'say something'),
    );
    expect(failure?.code).toMatch(/engine-unreadable|engine-gone/);
  });

  test('ends at once where everything is to end', async () => {
    const engine = await connect(createSocketServer(), callBounds);
    const answer = call(engine.docker, never);
    setTimeout(engine.disconnect, 20);
    await expect(answer).rejects.toThrow('closed');
  });
});

test('no call is made past these bounds: one place makes clients, and each kind of call is tried above', async () => {
  const folder = `${projectFolder}src/sandbox/`;
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(files.map(async (file) => ({ file, code: await readFile(folder + file, 'utf8') })));
  const makers = sources.filter(({ code }) => /new Docker\(|node:(?:http|https|net|tls)'|\bfetch\(/.test(code));
  expect(makers.map(({ file }) => file).sort()).toEqual(['bounded-calls.ts', 'engine.ts']);
  // These have handles of files, not of the engine.
  const withFiles = ['host-directory.ts', 'remove-tree.ts'];
  const client = sources.flatMap(({ file, code }) => (withFiles.includes(file) ? [] : [code])).join('\n');
  const methods = [...client.matchAll(/\bdocker\s*\.(?!modem|get)(\w+)\(/g)].map((call) => `docker.${call[1]}(`);
  const onObjects = [
    ...client.matchAll(
      /(?:handle|container|volume|getContainer\([^)]*\)|getImage\([^)]*\)|getVolume\([^)]*\))\s*\.(\w+)\(/g,
    ),
  ].map((call) => `.${call[1]}(`);
  const tried = Object.keys(calls).map((name) => name.replace('()', '('));
  const ofSandbox = new Set(['.push(', '.run(', '.look(', '.begin(', '.mountpoint(', '.tryRemove(', '.exists(']);
  // Within src/sandbox/container the handle of a container has that name too.
  const isTried = (name: string) => tried.includes(name) || tried.includes(name.replace('docker', ''));
  expect(new Set(methods.filter((name) => !isTried(name)))).toEqual(new Set());
  expect(new Set(onObjects.filter((name) => !tried.includes(name) && !ofSandbox.has(name)))).toEqual(new Set());
});

describe('an answer', () => {
  test('that is a refusal says why, by its status and sentence', async () => {
    const { docker } = await answering((_, answer) => {
      answer.writeHead(409, { 'content-type': 'application/json' }).end('{"message":"it is in use\\n"}');
    });
    const refusal = await docker
      .getVolume('v')
      .remove()
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EngineRefusal);
    expect(refusal).toMatchObject({ statusCode: 409, message: 'it is in use' });
  });

  test.each([
    ['is a page of HTML with the status 404', 404, 'text/html', '<html>'],
    ['says that it is JSON and is not', 200, 'application/json', '{"Version": "1'],
    ['says that it is JSON and is no text', 200, 'application/json', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ])('that %s is no answer', async (_, status, type, body) => {
    const { docker } = await answering((_request, answer) => {
      answer.writeHead(status, { 'content-type': type }).end(body);
    });
    await expect(docker.getContainer(id).inspect()).rejects.toBeInstanceOf(AnswerUnreadable);
  });

  test('with a garbled head is no answer', async () => {
    const { docker } = await saying('HTTP/1.1 \x00\x01\x02\r\n\r\n');
    const failure = await docker
      .info()
      .catch((error: unknown) => toSandboxError(error, 'unix:///s', 'describe itself'));
    expect(failure).toMatchObject({
      code: 'engine-unreadable',
      message: expect.stringMatching(/^The engine's answer could not be read: /),
    });
  });

  test('without what the client library reads from it is a failure, not an error that nobody handles', async () => {
    const { docker } = await answering((_, answer) => {
      answer.writeHead(201, { 'content-type': 'application/json' }).end('null');
    });
    await expect(docker.createContainer({ Image: 'image' })).rejects.toBeInstanceOf(Error);
  });
});

test('Stop ends a call that the engine does not answer, and says so itself', async () => {
  const { docker } = await connect(createSocketServer(), callBounds);
  const stop = new AbortController();
  const answer = docker.listContainers({ abortSignal: stop.signal });
  const reason = new Error('the run was stopped');
  stop.abort(reason);
  await expect(answer).rejects.toBe(reason);
});

test('the export of an image may take minutes to begin, since engines write all of it first', () => {
  expect(boundOf(callBounds, 'GET', '/images/registry.example%2Fteam%2Fimage:1/get?')).toBe(callBounds.export);
  expect(callBounds.export.answer).toBeGreaterThan(callBounds.work.answer);
  expect(boundOf(callBounds, 'GET', `/images/${id}/json`)).toBe(callBounds.tell);
});
