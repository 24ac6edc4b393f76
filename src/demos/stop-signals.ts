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
    make: 'Make images that start an application in exec form, as one of two commands, and as the only one',
    exec: 'Run the application in exec form, and stop it',
    compound: 'Run it as the first of two commands in shell form, and stop it',
    single: 'Run it as the only command in shell form, look at process 1, and stop it',
  },
  async *run({ sandbox, step, tested }) {
    const make = (name: string, instruction: string, command: readonly string[]) =>
      sandbox.makeImage({ name, layers: [writeApp, { instruction, sets: { command } }] });
    const images = yield* step('make', async () => ({
      exec: await make('exec', `CMD ["sh", "${path}"]`, ['sh', path]),
      compound: await make('compound', `CMD ${twoCommands}`, ['/bin/sh', '-c', twoCommands]),
      single: await make('single', `CMD sh ${path}`, ['/bin/sh', '-c', `sh ${path}`]),
    }));
    const start = async (name: keyof typeof images) => {
      const loosen = { command: {}, noInit: true };
      const container = await sandbox.run({ name, image: images[name], loosen });
      await container.waitForLog('ready');
      return container;
    };
    const stop = async (container: Awaited<ReturnType<typeof start>>) => {
      await container.stop();
      const saved = (await container.logs()).includes('saved');
      return `${saved ? 'saved' : 'not saved'}, exit code ${(await container.inspect()).exitCode}`;
    };
    const is = (predicted: string, observed: string) => ({ predicted, observed, held: observed === predicted });
    const exec = yield* step('exec', async () => stop(await start('exec')));
    yield tested('exec-form-gets-stop-signal', is('saved, exit code 0', exec));
    const compound = yield* step('compound', async () => stop(await start('compound')));
    yield tested('compound-shell-form-misses-stop-signal', is('not saved, exit code 137', compound));
    const [first, single] = yield* step('single', async () => {
      const container = await start('single');
      const shown = await container.execProcess('sh', '-c', "tr '\\0' ' ' < /proc/1/cmdline");
      return ['output' in shown ? shown.output : shown.refusal, await stop(container)] as const;
    });
    yield tested(
      'busybox-shell-replaces-itself',
      is(`process 1 is sh ${path}; saved, exit code 0`, `process 1 is ${first}; ${single}`),
    );
  },
});
