import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDemoEngine } from '../../src/sandbox/demo-engine.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

const id = `sha256:${'1'.repeat(64)}`;

/** An engine that says these things; anything else is not there. */
async function saying(answers: Readonly<Record<string, unknown>>) {
  const folder = await temporaryFolder();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(/^\/v[\d.]+/, '');
    asked.push(path);
    const found = answers[path.split('?')[0] ?? ''];
    response
      .writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(found ?? { message: 'no such image' }));
  });
  server.listen(join(folder, 's'));
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const config = { host: `unix://${folder}/s`, tlsVerify: false, certPath: null };
  return { asked, engine: openDemoEngine({ config, environment: {}, baseImage: null, dataFolder: folder }) };
}

const facts = { Id: id, Os: 'linux', Architecture: 'arm64', RootFS: { Layers: ['sha256:a'] }, Size: 7 };
const line = { Id: '<missing>', CreatedBy: 'ADD x /', Created: 1_767_000_000, Size: 7, Comment: '', Tags: null };
const image = (inspect: object, history: readonly object[]) => ({
  '/images/x:1/json': inspect,
  '/images/x:1/history': history,
});

describe('an image of an engine', () => {
  test('is told with the oldest line first, and as it is where fields are missing', async () => {
    const { engine } = await saying(image({ Id: id, RootFS: {}, Size: 0 }, [{ Created: 0, Size: 0 }, line]));
    expect(await engine.storedImage('x:1')).toMatchObject({
      ...{ id, os: '', architecture: '', variant: '', layers: [], bytes: 0, labels: {}, containerdStore: false },
      history: [
        { createdBy: 'ADD x /', bytes: 7 },
        { createdBy: '', created: '1970-01-01T00:00:00.000Z' },
      ],
    });
  });

  test('that is listed without its content is not here', async () => {
    const listed = { ...facts, Descriptor: { digest: id }, RootFS: { Layers: [] }, Size: 0 };
    const { engine } = await saying(image(listed, []));
    expect(await engine.storedImage('x:1')).toBeNull();
  });

  test('that containerd keeps is told to be', async () => {
    const { engine } = await saying(image({ ...facts, Descriptor: { digest: id } }, [line]));
    expect(await engine.storedImage('x:1')).toMatchObject({ containerdStore: true });
  });

  test('of times that no date can hold is told all the same', async () => {
    const { engine } = await saying(
      image(facts, [
        { ...line, Created: 9e15 },
        { ...line, Created: -5, Size: 0 },
      ]),
    );
    expect((await engine.storedImage('x:1'))?.history.map(({ created }) => created.length)).toEqual([24, 27]);
  });

  test('that is not there is none', async () => {
    const { engine } = await saying({});
    expect(await engine.storedImage('x:1')).toBeNull();
  });

  test('of another shape is not believed', async () => {
    const { engine } = await saying(image({ ...facts, Id: '../../x' }, [line]));
    await expect(engine.storedImage('x:1')).rejects.toMatchObject({ code: 'engine-unreadable' });
  });
});

test('the layers of named images are asked for once, and each image is looked at once', async () => {
  const { engine, asked } = await saying({
    '/images/json': [{ Id: id, Created: 1 }],
    [`/images/${id}/json`]: { Id: id, RepoTags: ['x:1'], RootFS: { Layers: ['sha256:a'] } },
  });
  const named = [{ id, names: ['x:1'], layers: ['sha256:a'] }];
  expect(await engine.namedLayers()).toEqual(named);
  expect(await engine.namedLayers()).toEqual(named);
  expect(asked).toHaveLength(2);
});
