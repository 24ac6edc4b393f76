import { defineDemo } from './catalogue/demo.ts';

const lines = 100;
const kilobytes = 1;
/** Lines of one length, so that as many fit into a file on every run. */
const script = `for i in $(seq ${lines}); do printf 'line %-68s.\\n' $i; done`;

export const demo = defineDemo({
  id: 'log-rotation',
  title: 'Bound the log of a container',
  question: {
    text: 'A container with max-size=1k and max-file=2 prints 100 lines, 8 KiB. What does docker logs show?',
    options: ['All lines', 'The first ones', 'The last ones'],
    right: 2,
  },
  claims: ['log-rotation-bounds-size', 'log-rotation-drops-oldest'],
  steps: {
    print: 'Run a container with a bounded log that prints 100 numbered lines',
    read: 'Read its log',
  },
  dockerOnly: {
    'log-rotation-bounds-size': 'keeps logs by its own drivers and rules',
    'log-rotation-drops-oldest': 'keeps logs by its own drivers and rules',
  },
  async *run({ sandbox, step, tested }) {
    const container = yield* step('print', async () => {
      const made = await sandbox.run({ name: 'a', log: { kilobytes, files: 2 }, script });
      await made.wait();
      return made;
    });
    const kept = yield* step('read', async () =>
      (await container.logs()).split('\n').map((line) => Number(/^line (\d+)/.exec(line)?.[1])),
    );
    const first = kept[0] ?? 0;
    yield tested('log-rotation-bounds-size', {
      predicted: `fewer than ${lines} lines`,
      observed: `${kept.length} lines`,
      held: kept.length > 1 && kept.length < lines && kept.every((line) => line > 0),
    });
    yield tested('log-rotation-drops-oldest', {
      predicted: `the last line is ${lines}, the first is not 1`,
      observed: `the last line is ${kept.at(-1)}, the first is ${first}`,
      held: kept.at(-1) === lines && first > 1,
    });
  },
});
