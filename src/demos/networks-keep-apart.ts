import { defineDemo } from './catalogue/demo.ts';
import { call, callOrNot, serve } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'networks-keep-apart',
  title: 'Connect a running container to a second network',
  question: {
    text: 'Two containers run on two networks. How does one get to reach the other?',
    options: ['By its address, at once', 'By docker network connect, while it runs', 'It must be made again'],
    right: 1,
  },
  claims: [
    'networks-keep-containers-apart',
    'connect-while-running',
    'disconnect-at-once',
    'network-in-use-not-removed',
  ],
  networks: true,
  steps: {
    apart: 'Run a server on one network and a client on another, and call the server by its address',
    connect: 'Connect the client to the network of the server, and call it by its name',
    remove: 'Try to remove that network',
    disconnect: 'Disconnect the client, and call the server by its address again',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const { back, client, address, apart } = yield* step('apart', async () => {
      const serverSide = await sandbox.network('back');
      const front = await sandbox.network('front');
      const server = await sandbox.run({ name: 'db', network: serverSide, loosen });
      const caller = await sandbox.run({ name: 'web', network: front });
      await server.exec(serve('8080'));
      const [found] = await server.addresses();
      const where = found?.address ?? '';
      return { back: serverSide, client: caller, address: where, apart: (await caller.exec(callOrNot(where))).output };
    });
    const joined = yield* step('connect', async () => {
      await client.connect(back);
      return { said: (await client.exec(call('demo-db'))).output, on: await client.addresses() };
    });
    yield tested('networks-keep-containers-apart', {
      predicted: 'no answer on two networks, hello on one',
      observed: `${apart} on two networks, ${joined.said} on one`,
      held: apart === 'no answer' && joined.said === 'hello',
    });
    const networks = joined.on.map(({ network }) => network).join(', ');
    yield tested('connect-while-running', {
      predicted: 'on demo-back, demo-front',
      observed: `on ${networks}`,
      held: networks === 'demo-back, demo-front',
    });
    const refusal = yield* step('remove', () => back.tryRemove());
    yield tested('network-in-use-not-removed', {
      predicted: 'refused: it has active endpoints',
      observed: refusal?.replace(/^.*? a network: /, '') ?? 'removed',
      held: /active endpoints/.test(refusal ?? ''),
    });
    const parted = yield* step('disconnect', async () => {
      await client.disconnect(back);
      return { said: (await client.exec(callOrNot(address))).output, left: await back.containers() };
    });
    yield tested('disconnect-at-once', {
      predicted: 'no answer, and only demo-db is left on demo-back',
      observed: `${parted.said}, and on demo-back: ${parted.left.join(', ')}`,
      held: parted.said === 'no answer' && parted.left.join() === 'demo-db',
    });
  },
});
