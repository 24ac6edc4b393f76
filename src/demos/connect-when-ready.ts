import { defineDemo } from './catalogue/demo.ts';
import { call, serve } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'connect-when-ready',
  title: 'Call a server that has been started and is not ready',
  question: {
    text: 'The container of a database runs, and the database in it still gets ready. What does a client that calls at once get?',
    options: ['An answer, a little later', 'Connection refused', 'An unknown name'],
    right: 1,
  },
  claims: ['running-container-refuses-before-ready', 'healthy-container-answers'],
  networks: true,
  steps: {
    early: 'Run a container whose server does not listen yet, with a health check that calls it; call it at once',
    ready: 'Let the server listen, wait until the container is healthy, and call again',
  },
  async *run({ sandbox, step, tested }) {
    const loosen = { writableRoot: true };
    const [db, client, early] = yield* step('early', async () => {
      const network = await sandbox.network('app');
      const health = { command: 'nc -w 1 127.0.0.1 8080 < /dev/null', interval: 100, retries: 1, startPeriod: 30_000 };
      const server = await sandbox.run({ name: 'db', network, health, loosen });
      const caller = await sandbox.run({ name: 'client', network });
      const said = (await caller.exec(call('demo-db'))).output;
      return [
        server,
        caller,
        { said, status: (await server.inspect()).status, health: await server.health() },
      ] as const;
    });
    yield tested('running-container-refuses-before-ready', {
      predicted: 'running, Connection refused',
      observed: `${early.status}, ${early.said}`,
      held: early.status === 'running' && early.said === 'Connection refused',
    });
    const ready = yield* step('ready', async () => {
      await db.exec(serve('8080'));
      return { health: await db.health('healthy'), said: (await client.exec(call('demo-db'))).output };
    });
    yield tested('healthy-container-answers', {
      predicted: 'starting before; healthy and hello after',
      observed: `${early.health} before; ${ready.health} and ${ready.said} after`,
      held: early.health === 'starting' && ready.health === 'healthy' && ready.said === 'hello',
    });
  },
});
