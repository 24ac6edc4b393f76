import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';
import { call, serve } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'expose-opens-nothing',
  title: 'Expose one port and listen on another',
  question: {
    text: 'An image says EXPOSE 8080, and its server listens on 9090. On which port does a neighbour on its network reach it?',
    options: ['8080', '9090', 'Neither'],
    right: 1,
  },
  claims: ['exposed-port-without-server-refuses', 'unexposed-port-answers-neighbour', 'exposed-port-is-not-published'],
  networks: true,
  steps: {
    run: 'Make an image that exposes 8080, and run a server on 9090 in a container of it',
    call: 'Call both ports from a neighbour',
    published: 'Ask which ports are exposed, and which the host has',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [web, client] = yield* step('run', async () => {
      const network = await sandbox.network('app');
      const expose = { instruction: 'EXPOSE 8080', sets: { exposes: [8080] } };
      const image = await sandbox.makeImage({ name: 'server', layers: [expose] });
      const server = await sandbox.run({ name: 'web', image, network, loosen });
      const caller = await sandbox.run({ name: 'client', network });
      await server.exec(serve('9090'));
      return [server, caller] as const;
    });
    const [exposed, other] = yield* step(
      'call',
      async () =>
        [
          (await client.exec(call('demo-web', 8080))).output,
          (await client.exec(call('demo-web', 9090))).output,
        ] as const,
    );
    yield tested('exposed-port-without-server-refuses', exactly('Connection refused', exposed));
    yield tested('unexposed-port-answers-neighbour', { predicted: 'hello', observed: other, held: other === 'hello' });
    const ports = yield* step('published', () => web.ports());
    const [all, published] = [ports.exposed.join(), ports.published.join(', ') || 'none'];
    yield tested('exposed-port-is-not-published', {
      predicted: 'exposed: 8080/tcp, published: none',
      observed: `exposed: ${all || 'none'}, published: ${published}`,
      held: all === '8080/tcp' && published === 'none',
    });
  },
});
