import { defineDemo } from './catalogue/demo.ts';
import { either, exactly } from './catalogue/findings.ts';
import { noControlGroups } from './catalogue/reasons.ts';

export const demo = defineDemo({
  id: 'container-states',
  title: 'Take a container through its states',
  question: {
    text: 'The main process of a container ends with exit code 3. What does the container do?',
    options: ['It stays running', 'It exits with code 3', 'It exits with code 0', 'It is removed'],
    right: 1,
  },
  claims: ['states-follow-commands', 'remove-running-needs-force', 'ends-with-main-process'],
  steps: {
    create: 'Create a container and look at its state',
    start: 'Start it',
    pause: 'Pause it',
    unpause: 'Let it go on',
    stop: 'Stop it',
    force: 'Pause a container and remove it with force',
    exit: 'Run a container whose main process ends with code 3',
  },
  dockerOnly: {
    'remove-running-needs-force': '4 refuses the first attempt to remove a paused container',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const { controlGroups } = sandbox.engine;
    const seen: string[] = [];
    const a = yield* step('create', async () => {
      const container = await sandbox.create({ name: 'a' });
      seen.push((await container.inspect()).status);
      return container;
    });
    const look = (action: () => Promise<void>) => async () => {
      await action();
      seen.push((await a.inspect()).status);
    };
    yield* step(
      'start',
      look(() => a.start()),
    );
    yield* step(
      'pause',
      look(async () => (controlGroups ? a.pause() : sandbox.note(noControlGroups))),
    );
    yield* step(
      'unpause',
      look(async () => (controlGroups ? a.unpause() : sandbox.note(noControlGroups))),
    );
    yield* step(
      'stop',
      look(() => a.stop()),
    );
    const expected = 'created running paused running exited';
    if (!controlGroups) yield notRun('states-follow-commands', expected, noControlGroups);
    else yield tested('states-follow-commands', exactly(expected, seen.join(' ')));

    const exists = yield* step('force', async () => {
      const b = await sandbox.run({ name: 'b' });
      if (controlGroups) await b.pause();
      await b.remove();
      return b.exists();
    });
    yield tested('remove-running-needs-force', either(!exists, 'removed', 'still there'));

    const facts = yield* step('exit', async () => {
      const c = await sandbox.run({ name: 'c', script: 'exit 3' });
      await c.wait();
      return c.inspect();
    });
    yield tested('ends-with-main-process', {
      predicted: 'exited with code 3',
      observed: `${facts.status} with code ${facts.exitCode}`,
      held: facts.status === 'exited' && facts.exitCode === 3,
    });
  },
});
