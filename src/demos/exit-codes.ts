import { defineDemo } from './catalogue/demo.ts';

const path = '/home/demo/start.sh';

/** A script in an image, with its mode and the end of its first line. */
const script = (mode: string, end: '' | '\r') => ({
  instruction: `RUN printf '#!/bin/sh${end === '' ? '' : '\\r'}\\necho started\\n' > ${path} && chmod ${mode} ${path}`,
  files: { [path]: { text: `#!/bin/sh${end}\necho started\n`, mode: Number.parseInt(mode, 8), owner: 65_534 } },
});

export const demo = defineDemo({
  id: 'exit-codes',
  title: 'Make containers end with 3, 126 and 127',
  question: {
    text: 'The start script is in the image but has no x permission. With which exit code does the container end?',
    options: ['1', '126', '127', '137'],
    right: 1,
  },
  claims: [
    'run-returns-exit-code',
    'missing-command-exits-127',
    'script-without-x-exits-126',
    'crlf-script-is-not-found',
  ],
  steps: {
    own: 'Run a container whose process ends with 3',
    missing: 'Run a command that the image does not have',
    permission: 'Run a script that lacks the x permission',
    crlf: 'Run a script whose first line ends as on Windows',
  },
  async *run({ sandbox, step, tested }) {
    const own = yield* step('own', () => sandbox.runOnce({ name: 'own', script: 'exit 3' }));
    yield tested('run-returns-exit-code', { predicted: '3', observed: String(own.exitCode), held: own.exitCode === 3 });

    const attempt = async (name: string, word: string, layers: readonly ReturnType<typeof script>[] = []) => {
      const image = await sandbox.makeImage({ name, layers });
      const tried = await sandbox.tryRun({ name, image, loosen: { command: { words: [word] }, noInit: true } });
      if ('container' in tried) {
        const { exitCode } = await tried.container.wait();
        return { code: exitCode, words: await tried.container.logs() };
      }
      return { code: tried.exitCode, words: tried.refusal.replace(/^.*exec: /, '') };
    };
    const found = (code: number, words: RegExp, result: Awaited<ReturnType<typeof attempt>>) => ({
      observed: `${result.code}: ${result.words}`,
      held: result.code === code && words.test(result.words),
    });
    const missing = yield* step('missing', () => attempt('missing', 'serve'));
    yield tested('missing-command-exits-127', {
      predicted: '127: executable file not found in $PATH',
      ...found(127, /executable file.* not found in \$PATH/, missing),
    });
    const permission = yield* step('permission', () => attempt('permission', path, [script('644', '')]));
    yield tested('script-without-x-exits-126', {
      predicted: '126: permission denied',
      ...found(126, /permission denied/i, permission),
    });
    const crlf = yield* step('crlf', () => attempt('crlf', path, [script('755', '\r')]));
    yield tested('crlf-script-is-not-found', {
      predicted: 'another code than 0: no such file or directory',
      observed: `${crlf.code}: ${crlf.words}`,
      held: crlf.code !== 0 && /no such file or directory/i.test(crlf.words),
    });
  },
});
