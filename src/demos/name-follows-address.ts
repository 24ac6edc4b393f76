import { defineDemo } from './catalogue/demo.ts';
import { lookUp } from './catalogue/small-server.ts';

export const demo = defineDemo({
  id: 'name-follows-address',
  title: 'Stop and start a container, and look for its address',
  question: {
    text: 'A container on a network is stopped, another one is started, and then the first again. What leads to the first for certain?',
    options: ['The address that it had', 'Its name', 'Both'],
    right: 1,
  },
  claims: ['stopped-container-has-no-address', 'name-leads-to-present-address'],
  networks: true,
  steps: {
    stop: 'Run a container on a network, look up its address, and stop it',
    again: 'Run another one there, start the first again, and look both addresses up',
    name: 'Look the name of the first up from the other',
  },
  async *run({ sandbox, step, tested }) {
    const look = async (container: { addresses(): Promise<readonly { readonly address: string }[]> }) =>
      (await container.addresses()).map(({ address }) => address).join(', ');
    const { network, web, first, stopped } = yield* step('stop', async () => {
      const made = await sandbox.network('app');
      const container = await sandbox.run({ name: 'web', network: made });
      const before = await look(container);
      await container.stop();
      return { network: made, web: container, first: before, stopped: await look(container) };
    });
    yield tested('stopped-container-has-no-address', {
      predicted: 'an address while it ran, none when stopped',
      observed: `${first || 'none'} while it ran, ${stopped || 'none'} when stopped`,
      held: first !== '' && stopped === '',
    });
    const { other, now } = yield* step('again', async () => {
      const container = await sandbox.run({ name: 'other', network });
      await web.start();
      return { other: container, now: { web: await look(web), other: await look(container) } };
    });
    const named = yield* step('name', async () => (await other.exec(lookUp('demo-web'))).output);
    yield tested('name-leads-to-present-address', {
      predicted: 'the name leads to the address that it has now',
      observed: `it had ${first}, and has ${now.web} now; the other has ${now.other}; the name leads to ${named || 'nothing'}`,
      held: now.web !== '' && named === now.web,
    });
  },
});
