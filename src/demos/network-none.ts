import { defineDemo } from './catalogue/demo.ts';
import { call, serve } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'network-none',
  title: 'Run a container with --network none',
  question: {
    text: 'What network does a container have that was run with --network none?',
    options: ['None, not even localhost', 'Only localhost, its own', 'The localhost of the host'],
    right: 1,
  },
  claims: ['network-none-only-loopback', 'network-none-has-own-localhost'],
  steps: {
    look: 'Run a container with --network none, and list the interfaces that have an address',
    localhost: 'Run a server in it; call it on localhost there, and from a second such container',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [a, b, interfaces] = yield* step('look', async () => {
      const first = await sandbox.run({ name: 'a', loosen });
      const second = await sandbox.run({ name: 'b' });
      const { output } = await first.exec("ip -o -4 addr | sed 's/^[0-9]*: //; s/ .*inet / /; s/ scope.*//'");
      return [first, second, output] as const;
    });
    const names = [...new Set(interfaces.split('\n').map((line) => line.split(' ')[0]))].join(', ');
    yield tested('network-none-only-loopback', { predicted: 'lo', observed: names, held: names === 'lo' });
    const said = yield* step('localhost', async () => {
      await a.exec(serve('8080'));
      return { own: (await a.exec(call('127.0.0.1'))).output, other: (await b.exec(call('127.0.0.1'))).output };
    });
    yield tested('network-none-has-own-localhost', {
      predicted: 'hello in the container, Connection refused in the other',
      observed: `${said.own} in the container, ${said.other} in the other`,
      held: said.own === 'hello' && said.other === 'Connection refused',
    });
  },
});
