import { defineDemo } from './catalogue/demo.ts';
import { callOrNot, serve } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'container-on-two-networks',
  title: 'Put a container on two networks',
  question: {
    text: 'A container is on two networks, a client on the first, a server on the second. Does the client reach the server through it?',
    options: ['Yes, it forwards', 'No', 'Only by name'],
    right: 1,
  },
  claims: [
    'one-address-per-network',
    'container-on-two-networks-reaches-both',
    'container-on-two-networks-forwards-nothing',
  ],
  networks: true,
  steps: {
    run: 'Run a server on one network, a client on another, and a container on both',
    addresses: 'Compare the addresses that docker inspect tells with those that the container has',
    reach: 'Call the server from the container on both networks, and from the client',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [server, client, middle] = yield* step('run', async () => {
      const back = await sandbox.network('back');
      const front = await sandbox.network('front');
      const containers = [
        await sandbox.run({ name: 'server', network: back, loosen }),
        await sandbox.run({ name: 'client', network: front, loosen }),
        await sandbox.run({ name: 'middle', network: front }),
      ] as const;
      await containers[2].connect(back);
      await containers[0].exec(serve('8080'));
      await containers[1].exec(serve('8080'));
      return containers;
    });
    const [told, had] = yield* step('addresses', async () => {
      const inspected = (await middle.addresses()).map(({ address }) => address);
      const script = "ip -o -4 addr show scope global | sed 's/.*inet //; s|/.*||'";
      return [inspected, (await middle.exec(script)).output.split('\n')] as const;
    });
    yield tested('one-address-per-network', {
      predicted: 'two, the same in both',
      observed: `docker inspect tells ${told.join(' and ')}, the container has ${had.join(' and ')}`,
      held: told.length === 2 && told.toSorted().join() === had.toSorted().join(),
    });
    const reach = yield* step('reach', async () => {
      const [address] = await server.addresses();
      return {
        server: (await middle.exec(callOrNot('demo-server'))).output,
        client: (await middle.exec(callOrNot('demo-client'))).output,
        through: (await client.exec(callOrNot(address?.address ?? ''))).output,
      };
    });
    yield tested('container-on-two-networks-reaches-both', {
      predicted: 'hello from the server, hello from the client',
      observed: `${reach.server} from the server, ${reach.client} from the client`,
      held: reach.server === 'hello' && reach.client === 'hello',
    });
    yield tested('container-on-two-networks-forwards-nothing', {
      predicted: 'hello to the container on both, no answer to the client',
      observed: `${reach.server} to the container on both, ${reach.through} to the client`,
      held: reach.server === 'hello' && reach.through === 'no answer',
    });
  },
});
