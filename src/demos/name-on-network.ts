import { defineDemo } from './catalogue/demo.ts';
import { callOrNot, lookUp, serve } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'name-on-network',
  title: 'Call a container by its name',
  question: {
    text: 'A container named demo-web runs on the network demo-app. From where does its name lead to it?',
    options: ['From every container of this engine', 'From containers on demo-app', 'From the host too'],
    right: 1,
  },
  claims: ['name-leads-to-container-on-network', 'name-unknown-on-other-network'],
  networks: true,
  steps: {
    run: 'Make two networks, run a server and a client on one and a stranger on the other',
    client: 'Look the name of the server up from the client, and call it',
    stranger: 'Call it by the same name from the other network',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [web, client, stranger] = yield* step('run', async () => {
      const app = await sandbox.network('app');
      const other = await sandbox.network('other');
      const server = await sandbox.run({ name: 'web', network: app, loosen });
      const containers = [
        await sandbox.run({ name: 'client', network: app }),
        await sandbox.run({ name: 'stranger', network: other }),
      ] as const;
      await server.exec(serve('8080'));
      return [server, ...containers] as const;
    });
    const found = yield* step('client', async () => {
      const [address] = await web.addresses();
      const looked = await client.exec(lookUp('demo-web'));
      return {
        address: address?.address ?? 'none',
        looked: looked.output,
        said: await client.exec(callOrNot('demo-web')),
      };
    });
    yield tested('name-leads-to-container-on-network', {
      predicted: `the name leads to the server's address, and the server says hello`,
      observed: `the name leads to ${found.looked || 'nothing'}, the server has ${found.address} and says: ${found.said.output}`,
      held: found.looked === found.address && found.said.output === 'hello',
    });
    const unknown = yield* step('stranger', async () => (await stranger.exec(callOrNot('demo-web'))).output);
    yield tested('name-unknown-on-other-network', {
      predicted: 'hello from the client, no answer on the other network',
      observed: `${found.said.output} from the client, ${unknown} on the other network`,
      held: found.said.output === 'hello' && unknown === 'no answer',
    });
  },
});
