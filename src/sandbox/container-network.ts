import type Docker from 'dockerode';
import { z } from 'zod';
import { readAnswer } from './engine-answer.ts';
import { ownNetwork } from './networks.ts';
import { commandLine } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Container, ContainerSpec, Network } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';

const inspectSchema = z.object({
  Config: z.object({ ExposedPorts: z.record(z.string(), z.unknown()).nullish() }),
  NetworkSettings: z.object({
    Networks: z.record(z.string(), z.object({ IPAddress: z.string().default('') })).nullish(),
    Ports: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()).nullish(),
  }),
});

/** The part of a container's handle that is about its network. */
export function containerNetwork(
  context: RunContext,
  spec: ContainerSpec,
  handle: Docker.Container,
): Pick<Container, 'connect' | 'disconnect' | 'addresses' | 'ports'> {
  const { docker } = context.engine;
  const shown = shownName(spec.name);
  const record = (...words: string[]) => context.recorder.command(commandLine(['docker', ...words]));
  const look = () =>
    callEngine(context, 'inspect a container', async () => readAnswer(inspectSchema, await handle.inspect()));

  return {
    async connect(network) {
      record('network', 'connect', network.shownName, shown);
      const name = networkFor(context, spec, network);
      await callEngine(context, 'connect a container to a network', () =>
        docker.getNetwork(name).connect({ Container: handle.id, EndpointConfig: { Aliases: [shown] } }),
      );
    },
    async disconnect(network) {
      record('network', 'disconnect', network.shownName, shown);
      const name = ownNetwork(context, network);
      await callEngine(context, 'disconnect a container from a network', () =>
        docker.getNetwork(name).disconnect({ Container: handle.id }),
      );
    },
    async addresses() {
      const format = '{{range $name, $on := .NetworkSettings.Networks}}{{println $name $on.IPAddress}}{{end}}';
      context.recorder.command(`docker inspect --format '${format}' ${shown} | sort`);
      const { Networks } = (await look()).NetworkSettings;
      const found = Object.entries(Networks ?? {})
        .map(([name, on]) => ({ network: shownName(name.replace(engineName(context, ''), '')), address: on.IPAddress }))
        .sort((a, b) => a.network.localeCompare(b.network));
      context.recorder.output(found.map(({ network, address }) => `${network} ${address}`).join('\n'));
      return found.filter(({ address }) => address !== '');
    },
    async ports() {
      record('inspect', '--format', '{{json .Config.ExposedPorts}}', shown);
      record('port', shown);
      const { Config, NetworkSettings } = await look();
      const exposed = Object.keys(Config.ExposedPorts ?? {});
      context.recorder.output(JSON.stringify(Config.ExposedPorts ?? null));
      const published = Object.entries(NetworkSettings.Ports ?? {})
        .filter(([, bindings]) => (bindings ?? []).length > 0)
        .map(([port]) => port);
      context.recorder.output(published.join('\n'));
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
