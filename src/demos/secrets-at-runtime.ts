import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'secrets-at-runtime',
  title: 'Give a container a password as a variable and as a file',
  question: {
    text: 'A container got one password by --env and another one as a mounted file. Which does docker inspect print?',
    options: ['Both', 'The one in the variable', 'The one in the file', 'Neither'],
    right: 1,
  },
  claims: ['inspect-shows-env-secret', 'inspect-hides-file-secret', 'env-secret-reaches-other-processes'],
  steps: {
    run: 'Run a container with a password in a variable, and another one in a file that is mounted read-only',
    inspect: 'Look for both with docker inspect',
    inside: 'Look for both in a process that does not need them',
  },
  async *run({ sandbox, step, tested }) {
    const app = yield* step('run', async () => {
      const volume = await sandbox.volume('secrets');
      const writer = await sandbox.run({ name: 'writer', mounts: [{ type: 'volume', volume, path: '/data' }] });
      await writer.exec('echo mackerel > /data/password');
      return sandbox.run({
        name: 'app',
        environment: { PASSWORD: 'swordfish' },
        mounts: [{ type: 'volume', volume, path: '/run/secrets', readOnly: true }],
      });
    });
    const [variable, file] = yield* step('inspect', async () => [
      await app.inspectShows('swordfish'),
      await app.inspectShows('mackerel'),
    ]);
    const inside = yield* step('inside', async () => ({
      variables: await app.execProcess('env'),
      file: await app.exec('cat /run/secrets/password'),
    }));
    const word = (shown: boolean | undefined) => (shown ? 'found' : 'not found');
    yield tested('inspect-shows-env-secret', {
      predicted: 'swordfish: found',
      observed: `swordfish: ${word(variable)}`,
      held: variable === true,
    });
    yield tested('inspect-hides-file-secret', {
      predicted: 'mackerel: not found by inspect, mackerel in the file',
      observed: `mackerel: ${word(file)} by inspect, ${inside.file.output} in the file`,
      held: file === false && inside.file.output === 'mackerel',
    });
    const variables = 'output' in inside.variables ? inside.variables.output.split('\n') : [];
    yield tested('env-secret-reaches-other-processes', {
      predicted: 'PASSWORD=swordfish, and nothing of mackerel',
      observed: variables.filter((line) => /swordfish|mackerel/.test(line)).join(', ') || 'neither',
      held: variables.includes('PASSWORD=swordfish') && !variables.some((line) => line.includes('mackerel')),
    });
  },
});
