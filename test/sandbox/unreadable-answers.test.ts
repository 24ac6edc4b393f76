import { describe, expect, test } from 'vitest';
import type { Instead } from '../engines/interpose.ts';
import { interpose } from '../engines/interpose.ts';
import { objectsOfRun, openTestEngine, openTestRun } from '../engines/test-engine.ts';

/** An engine of which some answers are not its own. */
async function openBehind(instead: (method: string, url: string) => Instead | null) {
  const { engine, docker } = await openTestEngine();
  const { socket, asked } = await interpose(engine.address.replace('unix://', ''), instead);
  return { ...(await openTestEngine(socket)), real: docker, asked };
}

const lists = /^\/(?:containers|images)\/json|^\/volumes|^\/networks\?/;

const unreadable = {
  code: 'engine-unreadable',
  message: expect.stringMatching(/^The engine's answer could not be read: /),
};

describe('what could not be read whole', () => {
  test.each([
    ['a page of HTML', { status: 200, type: 'text/html', body: '<html><body>Welcome</body></html>' }],
    ['nothing', { status: 200, type: 'application/json', body: '' }],
    ['something else', { status: 200, body: '{"message":"hello"}' }],
    ['a list of nothing in particular', { status: 200, body: '[{}]' }],
  ])('as a list leads to no removal: %s', async (_, answer) => {
    const { engine, asked } = await openBehind((_method, url) => (lists.test(url) ? answer : null));
    await expect(engine.reap()).rejects.toMatchObject(unreadable);
    expect(asked.filter((call) => call.startsWith('DELETE'))).toEqual([]);
  });

  test('what others own is not removed, also where an engine takes no notice of the filter', async () => {
    const { engine, docker: real } = await openTestEngine();
    const other = await openTestRun(engine);
    await other.sandbox.run({ name: 'a' });
    const body = JSON.stringify(await real.listContainers({ all: true }));
    const stranger = await openBehind((_method, url) =>
      url.startsWith('/containers/json') ? { status: 200, body } : null,
    );
    expect(await stranger.engine.reap()).toBe(0);
    expect(await objectsOfRun(real, other.runId)).toHaveLength(1);
  });

  test('is no receipt of nothing left over', async () => {
    const { engine, real } = await openBehind((_method, url) =>
      lists.test(url) ? { status: 200, type: 'application/json', body: '' } : null,
    );
    const { sandbox, runId, close } = await openTestRun(engine);
    await sandbox.create({ name: 'a' });
    expect((await close()).leftovers).toBe(-1);
    expect(await objectsOfRun(real, runId)).toHaveLength(1);
    await Promise.all(
      (await real.listContainers({ all: true, filters: { label: [`dockproof.run=${runId}`] } })).map(({ Id }) =>
        real.getContainer(Id).remove({ force: true }),
      ),
    );
  });

  // Two frames of "line\n" and the mark behind them: cut between two frames, nothing shows in the stream itself.
  test.each([0, 13, 20, 26])('is no output of a script: its stream ends after %i bytes', async (cutAfter) => {
    const { engine } = await openBehind((_method, url) => (url.includes('/attach') ? { cutAfter } : null));
    const { sandbox } = await openTestRun(engine);
    const output = sandbox.runOnce({ name: 'a', script: 'echo line; sleep 0.2; echo line; sleep 0.2' });
    await expect(output).rejects.toMatchObject(unreadable);
  });

  test('is no exit code', async () => {
    const { engine } = await openBehind((_method, url) => (url.includes('/wait') ? { status: 200, body: '{}' } : null));
    const { sandbox } = await openTestRun(engine);
    await expect(sandbox.runOnce({ name: 'a', script: 'true' })).rejects.toMatchObject(unreadable);
    const container = await sandbox.run({ name: 'b', script: 'exit 0' });
    await expect(container.wait()).rejects.toMatchObject(unreadable);
  });

  test('is no exit code of another script either: what the script says and what the engine tells must agree', async () => {
    const { engine } = await openBehind((_method, url) =>
      url.includes('/wait') ? { status: 200, body: '{"StatusCode":0}' } : null,
    );
    const { sandbox } = await openTestRun(engine);
    await expect(sandbox.runOnce({ name: 'a', script: 'exit 3' })).rejects.toMatchObject(unreadable);
  });

  test('is no made container', async () => {
    const { engine } = await openBehind((_method, url) =>
      url.includes('/containers/create') ? { status: 201, body: '{"Id":"../images"}' } : null,
    );
    const { sandbox } = await openTestRun(engine);
    await expect(sandbox.create({ name: 'a' })).rejects.toMatchObject(unreadable);
  });

  test('is no engine that enforces limits', async () => {
    const { engine } = await openBehind((_method, url) =>
      url.startsWith('/info') ? { status: 200, body: '{"Driver":"overlay2","MemoryLimit":"yes"}' } : null,
    );
    await expect(engine.facts()).rejects.toMatchObject(unreadable);
  });

  test('is no refusal that a demo shows: a failure must come twice, word for word', async () => {
    let times = 0;
    const { engine } = await openBehind((_method, url) =>
      url.includes('/containers/create') ? { status: 500, body: `{"message":"failure ${++times}"}` } : null,
    );
    const { sandbox } = await openTestRun(engine);
    await expect(sandbox.tryRun({ name: 'a' })).rejects.toMatchObject(unreadable);
  });
});

test('a script that is ended before it can say so shows what it printed, and its exit code', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  expect(await sandbox.runOnce({ name: 'a', script: 'echo before; kill -KILL $$' })).toEqual({
    output: 'before',
    exitCode: 137,
  });
  expect(await sandbox.runOnce({ name: 'b', script: 'printf "no end of line"; exit 7' })).toEqual({
    output: 'no end of line',
    exitCode: 7,
  });
});

test('a saved image whose layer does not match its digest is not believed', async () => {
  const { readSavedImage } = await import('../../src/sandbox/saved-image.ts');
  const { writeImage } = await import('../../src/sandbox/image-archive.ts');
  const { makeLayer } = await import('../../src/sandbox/layer-archive.ts');
  const { Readable } = await import('node:stream');
  const layer = await makeLayer([{ type: 'file', path: 'a', content: Buffer.from('what was in it') }]);
  const { tar } = await writeImage({
    architecture: 'amd64',
    name: 'i',
    config: {},
    history: [{ instruction: 'COPY a /', layer }],
  });
  expect((await readSavedImage(Readable.from([tar]))).layers[0]?.texts).toEqual({ a: 'what was in it' });
  const garbled = Buffer.from(tar);
  garbled[tar.indexOf('what was in it')] = 0x57;
  await expect(readSavedImage(Readable.from([garbled]))).rejects.toThrow('came garbled');
});
