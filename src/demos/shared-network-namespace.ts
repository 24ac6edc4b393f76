import { defineDemo } from './catalogue/demo.ts';
import { call, serve } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'shared-network-namespace',
  title: "Share another container's network",
  question: {
    text: 'A container is run with --network container:demo-web. The server in demo-web listens on port 8080. Can the new one listen on 8080 too?',
    options: ['Yes, each has ports of its own', 'No, the address is in use', 'Yes, and both get the calls'],
    right: 1,
  },
  claims: ['shared-network-shares-localhost', 'shared-network-shares-ports', 'own-network-has-own-ports'],
  steps: {
    localhost: 'Run a server, and a container that shares its network; call localhost from there',
    port: 'Try to listen on the same port in that container',
    own: 'Listen on the same port in a container with a network of its own',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [beside, said] = yield* step('localhost', async () => {
      const web = await sandbox.run({ name: 'web', loosen });
      await web.exec(serve('8080'));
      const sidecar = await sandbox.run({ name: 'sidecar', beside: web, loosen });
      return [sidecar, (await sidecar.exec(call('127.0.0.1'))).output] as const;
    });
    yield tested('shared-network-shares-localhost', { predicted: 'hello', observed: said, held: said === 'hello' });
    const second = yield* step('port', async () => (await beside.exec(serve('8080'))).output);
    yield tested('shared-network-shares-ports', {
      predicted: 'Address already in use',
      observed: second || 'it listens',
      held: /address (?:already )?in use/i.test(second),
    });
    const own = yield* step('own', async () => {
      const alone = await sandbox.run({ name: 'alone', loosen });
      const before = (await alone.exec(call('127.0.0.1'))).output;
      return {
        before,
        started: (await alone.exec(serve('8080'))).output,
        after: (await alone.exec(call('127.0.0.1'))).output,
      };
    });
    yield tested('own-network-has-own-ports', {
      predicted: 'Connection refused, then it listens, then hello',
      observed: `${own.before}, then ${own.started || 'it listens'}, then ${own.after}`,
      held: own.before === 'Connection refused' && own.started === '' && own.after === 'hello',
    });
  },
});
