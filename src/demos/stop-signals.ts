import { defineDemo } from './catalogue/demo.ts';

const path = '/home/demo/app.sh';
const lines = ["trap 'echo saved; exit 0' TERM", 'echo ready', 'sleep 30 &', 'wait'];
const twoCommands = `sh ${path}; echo done`;

/** The application, by an instruction that needs no file beside the Dockerfile. */
const writeApp = {
  instruction: `RUN printf '%s\\n' ${lines.map((line) => `"${line}"`).join(' ')} > ${path}`,
  files: { [path]: { text: `${lines.join('\n')}\n` } },
};

export const demo = defineDemo({
  id: 'stop-signals',
  title: 'Stop an application that was started in different forms',
  question: {
    text: 'An application saves its work on SIGTERM. Its image says CMD sh app.sh; echo done. What does docker stop do to it?',
    options: ['It saves, and ends at once', 'It is killed after a while, without saving', 'Nothing'],
    right: 1,
  },
  claims: ['exec-form-gets-stop-signal', 'compound-shell-form-misses-stop-signal', 'busybox-shell-replaces-itself'],
  steps: {
    exec: 'Run the application in exec form, and stop it',
    compound: 'Run it as the first of two commands in shell form, and stop it',
    single: 'Run it as the only command in shell form, look at process 1, and stop it',
  },
  async *run({ sandbox, step, tested }) {
    const start = async (name: string, instruction: string, command: readonly string[]) => {
      const image = await sandbox.makeImage({ name, layers: [writeApp, { instruction, sets: { command } }] });
      const container = await sandbox.run({ name, image, loosen: { command: {}, noInit: true } });
      await container.waitForLog('ready');
      return container;
    };
    const stop = async (container: Awaited<ReturnType<typeof start>>) => {
      await container.stop();
      const saved = (await container.logs()).includes('saved');
      return `${saved ? 'saved' : 'not saved'}, exit code ${(await container.inspect()).exitCode}`;
    };
    const is = (predicted: string, observed: string) => ({ predicted, observed, held: observed === predicted });
    const exec = yield* step('exec', async () => stop(await start('exec', `CMD ["sh", "${path}"]`, ['sh', path])));
    yield tested('exec-form-gets-stop-signal', is('saved, exit code 0', exec));
    const compound = yield* step('compound', async () =>
      stop(await start('compound', `CMD ${twoCommands}`, ['/bin/sh', '-c', twoCommands])),
    );
    yield tested('compound-shell-form-misses-stop-signal', is('not saved, exit code 137', compound));
    const [first, single] = yield* step('single', async () => {
      const container = await start('single', `CMD sh ${path}`, ['/bin/sh', '-c', `sh ${path}`]);
      const shown = await container.execProcess('sh', '-c', "tr '\\0' ' ' < /proc/1/cmdline");
      return ['output' in shown ? shown.output : shown.refusal, await stop(container)] as const;
    });
    yield tested(
      'busybox-shell-replaces-itself',
      is(`process 1 is sh ${path}; saved, exit code 0`, `process 1 is ${first}; ${single}`),
    );
  },
});
