import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';
import { call, serve } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'listen-address',
  title: 'Listen on 127.0.0.1 and on 0.0.0.0 in a container',
  question: {
    text: 'A server in a container listens on 127.0.0.1:8080. Another container on its network calls it. What happens?',
    options: ['It answers', 'The connection is refused', 'It answers if the port is exposed'],
    right: 1,
  },
  claims: [
    'loopback-server-refuses-neighbour',
    'all-addresses-server-answers-neighbour',
    'localhost-is-the-container-itself',
  ],
  networks: true,
  steps: {
    loopback: 'Run two containers on a network, and a server on 127.0.0.1 in one; call it from both',
    all: 'Run a server on 0.0.0.0 beside it, and call that from the other container',
    localhost: 'Call localhost instead, from the other container and from the first',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [web, client, loopback] = yield* step('loopback', async () => {
      const network = await sandbox.network('app');
      const server = await sandbox.run({ name: 'web', network, loosen });
      const caller = await sandbox.run({ name: 'client', network });
      await server.exec(serve('127.0.0.1:8080'));
      const inside = (await server.exec(call('127.0.0.1'))).output;
      return [server, caller, { inside, outside: (await caller.exec(call('demo-web'))).output }] as const;
    });
    yield tested('loopback-server-refuses-neighbour', {
      predicted: 'hello inside, Connection refused from the neighbour',
      observed: `${loopback.inside} inside, ${loopback.outside} from the neighbour`,
      held: loopback.inside === 'hello' && loopback.outside === 'Connection refused',
    });
    const all = yield* step('all', async () => {
      await web.exec(serve('0.0.0.0:8081'));
      return (await client.exec(call('demo-web', 8081))).output;
    });
    yield tested('all-addresses-server-answers-neighbour', exactly('hello', all));
    const localhost = yield* step('localhost', async () => {
      const fromClient = (await client.exec(call('127.0.0.1', 8081))).output;
      return { fromClient, fromWeb: (await web.exec(call('127.0.0.1', 8081))).output };
    });
    yield tested('localhost-is-the-container-itself', {
      predicted: 'Connection refused in the client, hello in the container of the server',
      observed: `${localhost.fromClient} in the client, ${localhost.fromWeb} in the container of the server`,
      held: localhost.fromClient === 'Connection refused' && localhost.fromWeb === 'hello',
    });
  },
});
