import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const text = (result: { readonly output: string } | { readonly refusal: string }) =>
  'refusal' in result ? result.refusal : result.output;

export const demo = defineDemo({
  id: 'exec-another-process',
  title: 'Run commands in a container with docker exec',
  question: {
    text: 'docker exec opens a shell in a running container. You leave the shell with exit. What becomes of the container?',
    options: ['It stops', 'It runs on', 'It restarts'],
    right: 1,
  },
  claims: [
    'exec-is-another-process',
    'container-survives-exec-exit',
    'exec-needs-the-program',
    'exec-refused-when-stopped',
  ],
  steps: {
    exec: 'Run a container, and run a shell in it that tells whether it is process 1 and ends with status 3',
    bash: 'Try to run bash, which the image does not have, and then sh',
    stopped: 'Stop the container and try again',
  },
  async *run({ sandbox, step, tested }) {
    const a = yield* step('exec', async () => {
      const container = await sandbox.run({ name: 'a' });
      const beside = await container.execProcess(
        'sh',
        '-c',
        '[ $$ = 1 ] && echo process 1 || echo another process; exit 3',
      );
      return { container, beside, facts: await container.inspect() };
    });
    yield tested('exec-is-another-process', exactly('another process', text(a.beside)));
    const code = 'exitCode' in a.beside ? a.beside.exitCode : null;
    yield tested('container-survives-exec-exit', {
      predicted: 'the shell ended with 3, the container is running',
      observed: `the shell ended with ${code}, the container is ${a.facts.status}`,
      held: code === 3 && a.facts.status === 'running',
    });
    const [bash, sh] = yield* step(
      'bash',
      async () =>
        [
          await a.container.execProcess('bash', '-c', 'echo it works'),
          await a.container.execProcess('sh', '-c', 'echo it works'),
        ] as const,
    );
    yield tested('exec-needs-the-program', {
      predicted: 'bash: executable file not found in $PATH; sh: it works',
      observed: `bash: ${text(bash)}; sh: ${text(sh)}`,
      held: /executable file.*not found in \$PATH/.test(text(bash)) && text(sh) === 'it works',
    });
    const refused = yield* step('stopped', async () => {
      await a.container.stop();
      return a.container.execProcess('sh', '-c', 'echo it works');
    });
    yield tested('exec-refused-when-stopped', {
      predicted: 'refused: the container is not running',
      observed: text(refused),
      held: 'refusal' in refused && /is not running|state improper/.test(refused.refusal),
    });
  },
});
