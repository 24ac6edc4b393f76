import type { Image } from '../sandbox/sandbox.ts';
import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'cmd-and-entrypoint',
  title: 'Run images with CMD, with ENTRYPOINT, and with both',
  question: {
    text: 'An image has ENTRYPOINT ["echo", "hello"] and CMD ["world"]. What does docker run IMAGE you print?',
    options: ['hello world', 'hello you', 'hello world you', 'you'],
    right: 1,
  },
  claims: [
    'exec-form-expands-nothing',
    'run-words-replace-cmd',
    'cmd-is-default-argument',
    'run-words-follow-entrypoint',
    'entrypoint-flag-drops-cmd',
    'shell-form-entrypoint-drops-words',
    'last-cmd-counts',
  ],
  steps: {
    make: 'Make an image with CMD, one with ENTRYPOINT and CMD, and one with an ENTRYPOINT in shell form',
    cmd: 'Run the first, and run it with other words',
    both: 'Run the second plainly, with another word, and with another entrypoint',
    shell: 'Run the third with a word',
    last: 'Build an image with two CMDs, and run it',
  },
  async *run({ sandbox, step, tested }) {
    let number = 0;
    const outputOf = async (image: Image, command: { words?: string[]; entrypoint?: string }) => {
      const { output } = await sandbox.runOnce({ name: `run-${++number}`, image, loosen: { command } });
      return output;
    };
    const is = (predicted: string, observed: string) => ({ predicted, observed, held: observed === predicted });
    const images = yield* step('make', async () => ({
      cmd: await sandbox.makeImage({
        name: 'cmd',
        layers: [
          { instruction: 'ENV NAME=world', sets: { environment: { NAME: 'world' } } },
          { instruction: 'CMD ["echo", "hello $NAME"]', sets: { command: ['echo', 'hello $NAME'] } },
        ],
      }),
      both: await sandbox.makeImage({
        name: 'both',
        layers: [
          { instruction: 'ENTRYPOINT ["echo", "hello"]', sets: { entrypoint: ['echo', 'hello'] } },
          { instruction: 'CMD ["world"]', sets: { command: ['world'] } },
        ],
      }),
      shell: await sandbox.makeImage({
        name: 'shell',
        layers: [{ instruction: 'ENTRYPOINT echo fixed', sets: { entrypoint: ['/bin/sh', '-c', 'echo fixed'] } }],
      }),
    }));
    const cmd = yield* step('cmd', async () => ({
      plain: await outputOf(images.cmd, {}),
      words: await outputOf(images.cmd, { words: ['echo', 'other'] }),
    }));
    yield tested('exec-form-expands-nothing', is('hello $NAME', cmd.plain));
    yield tested('run-words-replace-cmd', is('other', cmd.words));
    const both = yield* step('both', async () => ({
      plain: await outputOf(images.both, {}),
      words: await outputOf(images.both, { words: ['you'] }),
      entrypoint: await outputOf(images.both, { entrypoint: 'echo' }),
    }));
    yield tested('cmd-is-default-argument', is('hello world', both.plain));
    yield tested('run-words-follow-entrypoint', is('hello you', both.words));
    yield tested('entrypoint-flag-drops-cmd', {
      predicted: 'an empty line',
      observed: both.entrypoint === '' ? 'an empty line' : both.entrypoint,
      held: both.entrypoint === '',
    });
    const shell = yield* step('shell', () => outputOf(images.shell, { words: ['you'] }));
    yield tested('shell-form-entrypoint-drops-words', is('fixed', shell));
    const last = yield* step('last', async () => {
      const dockerfile = ['FROM base', 'CMD ["echo", "first"]', 'CMD ["echo", "second"]'];
      return outputOf(await sandbox.build({ name: 'last', dockerfile }), {});
    });
    yield tested('last-cmd-counts', is('second', last));
  },
});
