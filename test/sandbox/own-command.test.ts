import { expect, test } from 'vitest';
import { limits } from '../../src/sandbox/policy.ts';
import type { ImageSettings } from '../../src/sandbox/sandbox.ts';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

/** Dockerfile lines with what the builder is to make of each. */
const instructions: readonly (readonly [string, ImageSettings])[] = [
  ['CMD ["echo", "first"]', { command: ['echo', 'first'] }],
  ['ENTRYPOINT ["echo", "hello"]', { entrypoint: ['echo', 'hello'] }],
  ['CMD ["world"]', { command: ['world'] }],
  ['ENV COLOUR=blue PATH=/bin:/sbin', { environment: { COLOUR: 'blue', PATH: '/bin:/sbin' } }],
  ['USER 1000', { user: '1000' }],
  ['VOLUME /data', { volumes: ['/data'] }],
  [
    'HEALTHCHECK --interval=100ms --timeout=2s --retries=1 CMD test -f ready',
    { health: { command: 'test -f ready', interval: 100, retries: 1 } },
  ],
];

test('what the instructions of a made image set is what the builder makes of them, one after another', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  for (let count = 1; count <= instructions.length; count++) {
    const some = instructions.slice(0, count);
    const layers = some.map(([instruction, sets]) => ({ instruction, sets }));
    const made = await sandbox.makeImage({ name: `made-${count}`, layers });
    const lines = some.map(([line]) => line);
    const built = await sandbox.build({ name: `built-${count}`, dockerfile: ['FROM base', ...lines] });
    const [own, theirs] = await Promise.all(
      [made, built].map(async ({ id }) => (await docker.getImage(id).inspect()).Config),
    );
    const settings = ['Cmd', 'Entrypoint', 'Env', 'User', 'WorkingDir', 'Volumes', 'Healthcheck'] as const;
    for (const setting of settings) {
      expect(Reflect.get(own ?? {}, setting) ?? null, `${setting} after ${lines.at(-1)}`).toEqual(
        Reflect.get(theirs ?? {}, setting) ?? null,
      );
    }
  }
});

test('a command of its own is run without a time limit around it, and under every other limit', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const loosen = { command: { words: ['sleep', '5'] } };
  const { id } = await sandbox.run({ name: 'a', loosen });
  expect(recorder.takeStep().commands).toEqual([
    'docker run --detach --init --name demo-a --network none --read-only demo-base sleep 5',
  ]);
  const { Config, HostConfig } = await docker.getContainer(id).inspect();
  expect(Config).toMatchObject({ Cmd: ['sleep', '5'], User: '65534:65534' });
  expect(HostConfig).toMatchObject({ NetworkMode: 'none', CapDrop: ['ALL'], ReadonlyRootfs: true, PidsLimit: 64 });
  expect(HostConfig.Ulimits).toContainEqual({
    Name: 'cpu',
    Soft: limits.commandCpuSeconds,
    Hard: limits.commandCpuSeconds,
  });
});

test('a command without a time limit cannot be one that is started again and again', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const made = sandbox.create({ name: 'a', restart: 'always', loosen: { command: { words: ['true'] } } });
  await expect(made).rejects.toMatchObject({ code: 'engine-refused' });
});

test("the image's user is taken without any right that the policy takes away", async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const image = await sandbox.makeImage({ name: 'root', layers: [{ instruction: 'USER 0', sets: { user: '0' } }] });
  const script = "id -u; sed -n 's/^Cap[EP].*:\\s*//p; s/^NoNewPrivs:\\s*//p' /proc/self/status; touch /file";
  const { output } = await sandbox.runOnce({ name: 'a', image, loosen: { imageUser: true }, script });
  expect(output.split('\n').slice(0, 4)).toEqual(['0', '0000000000000000', '0000000000000000', '1']);
  expect(output).toContain('Read-only file system');
});

test('a container that does not start tells its exit code, and one that is not made has none', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const loosen = { command: { words: ['no-such-command'] }, noInit: true };
  expect(await sandbox.tryRun({ name: 'a', loosen })).toMatchObject({
    refusal: expect.stringContaining('not found in $PATH'),
    exitCode: 127,
  });
  expect(await sandbox.tryRun({ name: 'a' })).toMatchObject({
    refusal: expect.stringContaining('already in use'),
    exitCode: null,
  });
});
