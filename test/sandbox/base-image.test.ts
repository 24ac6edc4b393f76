import Docker from 'dockerode';
import { expect, test } from 'vitest';
import { startPrivateEngine } from '../engines/private-engine.ts';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

test('the base image is made where it is missing, with the id that was predicted, and found the next time', async () => {
  const { socket } = await startPrivateEngine();
  const { engine } = await openTestEngine(socket);
  const made = await engine.prepare();
  const { Id } = await new Docker({ socketPath: socket }).getImage('dockproof/base:1').inspect();
  expect(made.id).toBe(Id);
  expect(await engine.prepare()).toEqual(made);
});

test('the base image holds a shell and directories that the demo user may write to', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const { output } = await sandbox.runOnce({
    name: 'a',
    loosen: { writableRoot: true },
    script: 'id -u; pwd; for d in /work /data /home/demo /tmp; do touch $d/x && echo "$d ok"; done; touch /x || true',
  });
  expect(output.split('\n')).toEqual([
    '65534',
    '/work',
    '/work ok',
    '/data ok',
    '/home/demo ok',
    '/tmp ok',
    expect.stringContaining('Permission denied'),
  ]);
});
