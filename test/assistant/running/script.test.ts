import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../../../src/assemble.ts';
import { toScript } from '../../../src/assistant/running/script.ts';
import { findDemos } from '../../../src/demos/catalogue/find-demos.ts';
import { startPrivateEngine } from '../../engines/private-engine.ts';
import { openTestEngine, type TestEngine, temporaryFolder } from '../../engines/test-engine.ts';
import { demoObjects } from '../scripts/demo-objects.ts';
import { clientEnvironment, findDockerClient } from '../scripts/docker-client.ts';
import { missingLines, normalise } from '../scripts/normalise.ts';
import { compareScript } from '../scripts/run-script.ts';

const demos = await findDemos(pathToFileURL(`${projectFolder}src/demos/`));

/** An engine that nobody else uses: scripts refuse to run where objects of their names exist. */
async function openOwnEngine(): Promise<TestEngine & { client: ReturnType<typeof findDockerClient> }> {
  const { socket } = await startPrivateEngine();
  const opened = await openTestEngine(socket);
  await opened.engine.prepare();
  return { ...opened, client: findDockerClient(opened.engine.address) };
}

// npm run scripts, a part of npm run verify, does this for every demo; here are those whose scripts are the hardest.
test('the script of a demo shows with the docker client what the demo showed, and leaves nothing behind', async ({
  skip,
}) => {
  const { engine, docker, client } = await openOwnEngine();
  if ('why' in client) return skip(client.why);
  for (const id of ['bind-mount-hides', 'secret-in-layer', 'tag-moves', 'restart-policies']) {
    const demo = demos.get(id);
    if (!demo) throw new Error(`There is no demo ${id}`);
    expect(await compareScript(demo, engine, client), id).toEqual([]);
    expect(await demoObjects(docker), id).toEqual([]);
  }
  // Beside other tests, on a busy machine, the client takes minutes for hundreds of calls.
}, 300_000);

test('a script touches nothing where somebody has objects of the same names', async ({ skip }) => {
  const { docker, client } = await openOwnEngine();
  if ('why' in client) return skip(client.why);
  await docker.createVolume({ Name: 'demo-of-somebody-else' });
  const folder = await temporaryFolder();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', toScript('A demo', [])], {
    env: clientEnvironment(client, folder),
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('exist already'),
  });
  expect((await docker.getVolume('demo-of-somebody-else').inspect()).Name).toBe('demo-of-somebody-else');
});

describe('the comparison', () => {
  const id = 'a'.repeat(64);

  test('takes identifiers, times and the names of a run for the same', () => {
    expect(normalise(`sha256:${id} 3 layers, 12 B\ndockproof-0123abcd-data\n  17 sh`)).toEqual(
      normalise(`sha256:${id.replaceAll('a', 'b')} 4 layers, 12 B\ndemo-data\n 4711  sh`, 1),
    );
  });

  test.each([
    ['Exited (143) Less than a second ago', 'Exited (143) 2 seconds ago'],
    ['Up 1 second (healthy)', 'Up About a minute (healthy)'],
  ])('takes "%s" and "%s" for the same', (one, other) => {
    expect(normalise(one)).toEqual(normalise(other));
    expect(normalise(one)).not.toEqual(normalise('Exited (0) 2 seconds ago'));
  });

  test('notices a value that differs, a line that is missing, and another order', () => {
    expect(missingLines(normalise('3 layers, 12 B'), normalise('3 layers, 13 B'))).toEqual(['3 layers, 12 B']);
    expect(missingLines(['one', 'two'], ['one'])).toEqual(['two']);
    expect(missingLines(['one', 'two'], ['two', 'one'])).toEqual(['two']);
  });
});
