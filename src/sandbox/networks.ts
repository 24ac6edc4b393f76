import { z } from 'zod';
import { answerIds, readAnswer } from './engine-answer.ts';
import { labelNames } from './labels.ts';
import { networkRequest, noHostAddress } from './network-policy.ts';
import { limits } from './policy.ts';
import { commandLine } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Network } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';
import { untilRefused } from './until-refused.ts';

const madeSchema = z.object({ id: answerIds.network });

const inspectSchema = z.object({
  Id: answerIds.network,
  Name: z.string(),
  Driver: z.string(),
  Internal: z.boolean(),
  EnableIPv6: z.boolean(),
  Options: z.record(z.string(), z.string()).nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  Containers: z.record(z.string(), z.object({ Name: z.string() })).nullish(),
});

/** What engines say when no range of addresses is left for another network. */
const poolExhausted = /address pools?\b/i;

/**
 * Makes a network of the run, and looks whether the engine made it as it was asked to.
 * @throws SandboxError `engine-refused` for an engine that cannot keep it apart, for one network too many, and where all
 * address ranges are taken; `limits-not-enforced` for a network that is not as it was asked for
 */
export async function createNetwork(context: RunContext, name: string): Promise<Network> {
  const { engine, facts, labels, networks, recorder } = context;
  if (facts.networkLack !== null) throw new SandboxError('engine-refused', `No network is made: ${facts.networkLack}`);
  if (networks.size >= limits.networks) {
    throw new SandboxError('engine-refused', `A run makes at most ${limits.networks} networks`);
  }
  const Name = engineName(context, name);
  recorder.command(commandLine(['docker', 'network', 'create', '--internal', shownName(name)]));
  networks.add(Name);
  context.loosened({ networks: true });
  const found = await callEngine(context, 'make a network', async () => {
    const { id } = readAnswer(madeSchema, await engine.docker.createNetwork(networkRequest(Name, labels)));
    return readAnswer(inspectSchema, await engine.docker.getNetwork(id).inspect());
  }).catch((error: unknown) => {
    throw withMend(error);
  });
  context.created('networks');
  const wrong = faultOf(found, Name, context.runId);
  if (wrong === null) return openNetwork(context, found.Id, Name, shownName(name));
  networks.delete(Name);
  const words = `The engine made a network with ${wrong}, otherwise than asked for, so nothing is put on it. Demos with networks need another engine`;
  throw new SandboxError('limits-not-enforced', words);
}

/** What of a network is not as it was asked for; null where all is. */
function faultOf(found: z.output<typeof inspectSchema>, name: string, run: string): string | null {
  if (found.Driver !== 'bridge') return `the driver ${found.Driver}`;
  if (!found.Internal) return 'a way out';
  if (found.EnableIPv6) return 'IPv6';
  if (found.Options?.[noHostAddress] !== 'true') return 'an address of the host';
  if (Object.keys(found.Containers ?? {}).length > 0) return 'containers on it';
  return found.Name === name && found.Labels?.[labelNames.run] === run ? null : 'another name or other labels';
}

function withMend(error: unknown): unknown {
  if (!(error instanceof SandboxError) || error.code !== 'engine-refused' || !poolExhausted.test(error.message)) {
    return error;
  }
  const mend =
    'Every range of its address pools is taken: remove networks that nobody uses (docker network ls, docker network rm NAME), or give the engine more with default-address-pools';
  return new SandboxError('engine-refused', `${error.message}. ${mend}`, { cause: error });
}

function openNetwork(context: RunContext, id: string, name: string, shown: string): Network {
  const { recorder } = context;
  const handle = context.engine.docker.getNetwork(id);
  return {
    name,
    shownName: shown,
    async containers() {
      const format = '{{range .Containers}}{{println .Name}}{{end}}';
      recorder.command(`docker network inspect --format '${format}' ${shown} | sort`);
      const found = await callEngine(context, 'inspect a network', async () =>
        readAnswer(inspectSchema, await handle.inspect()),
      );
      const names = Object.values(found.Containers ?? {})
        .map((one) => shownName(one.Name.replace(engineName(context, ''), '')))
        .sort();
      recorder.output(names.join('\n'));
      return names;
    },
    async tryRemove() {
      recorder.command(`docker network rm ${shown}`);
      const removed = await untilRefused(() => callEngine(context, 'remove a network', () => handle.remove()));
      recorder.output('refusal' in removed ? removed.refusal : shown);
      return 'refusal' in removed ? removed.refusal : null;
    },
  };
}

/**
 * Lets a container stand only on a network that its run made, whatever object a demo hands in.
 * @returns the network's name on the engine
 * @throws SandboxError `engine-refused`
 */
export function ownNetwork({ networks }: Pick<RunContext, 'networks'>, network: Network): string {
  if (networks.has(network.name)) return network.name;
  throw new SandboxError(
    'engine-refused',
    `A container stands only on networks of its own run, not on ${network.name}`,
  );
}
