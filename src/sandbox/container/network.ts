import { z } from 'zod';
import { readAnswer } from '../engine-answer.ts';
import { ownNetwork } from '../networks.ts';
import { engineName, type RunContext, shownName } from '../run-context.ts';
import type { Container, ContainerSpec, Network } from '../sandbox.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { ContainerHandle } from './handle.ts';

const inspectSchema = z.object({
  Config: z.object({ ExposedPorts: z.record(z.string(), z.unknown()).nullish() }),
  NetworkSettings: z.object({
    Networks: z.record(z.string(), z.object({ IPAddress: z.string().default('') })).nullish(),
    Ports: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()).nullish(),
  }),
});

/** The part of a container's handle that is about its network. */
export function containerNetwork(
  handle: ContainerHandle,
): Pick<Container, 'connect' | 'disconnect' | 'addresses' | 'ports'> {
  const { context, spec, container, shown, record, print, call } = handle;
  const { docker } = context.engine;
  const look = () => call('inspect a container', async () => readAnswer(inspectSchema, await container.inspect()));

  return {
    async connect(network) {
      record('network', 'connect', network.shownName, shown);
      const name = networkFor(context, spec, network);
      await call('connect a container to a network', () =>
        docker.getNetwork(name).connect({ Container: container.id, EndpointConfig: { Aliases: [shown] } }),
      );
    },
    async disconnect(network) {
      record('network', 'disconnect', network.shownName, shown);
      const name = ownNetwork(context, network);
      await call('disconnect a container from a network', () =>
        docker.getNetwork(name).disconnect({ Container: container.id }),
      );
    },
    async addresses() {
      const format = '{{range $name, $on := .NetworkSettings.Networks}}{{println $name $on.IPAddress}}{{end}}';
      context.recorder.command(`docker inspect --format '${format}' ${shown} | sort`);
      const { Networks } = (await look()).NetworkSettings;
      const found = Object.entries(Networks ?? {})
        .map(([name, on]) => ({ network: shownName(name.replace(engineName(context, ''), '')), address: on.IPAddress }))
        .sort((a, b) => a.network.localeCompare(b.network));
      print(found.map(({ network, address }) => `${network} ${address}`).join('\n'));
      return found.filter(({ address }) => address !== '');
    },
    async ports() {
      record('inspect', '--format', '{{json .Config.ExposedPorts}}', shown);
      record('port', shown);
      const { Config, NetworkSettings } = await look();
      const exposed = Object.keys(Config.ExposedPorts ?? {});
      print(JSON.stringify(Config.ExposedPorts ?? null));
      const published = Object.entries(NetworkSettings.Ports ?? {})
        .filter(([, bindings]) => (bindings ?? []).length > 0)
        .map(([port]) => port);
      print(published.join('\n'));
      return { exposed, published };
    },
  };
}

/**
 * A container that was made without a network lacks what bounds one on a network, so it never gets there.
 * @throws SandboxError `engine-refused`
 */
function networkFor(context: RunContext, spec: ContainerSpec, network: Network): string {
  if (spec.network !== undefined) return ownNetwork(context, network);
  throw new SandboxError('engine-refused', `The container ${spec.name} was made without a network, and stays so`);
}
