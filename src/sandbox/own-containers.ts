import { z } from 'zod';
import { answerIds, readAnswer } from './engine-answer.ts';
import { labelNames } from './labels.ts';
import { commandLine, quote } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { ContainerFilter } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';

const listSchema = z.array(z.object({ Names: z.array(z.string()), Labels: z.record(z.string(), z.string()) }));

const prunedSchema = z.object({ ContainersDeleted: z.array(answerIds.container).nullish() });

/**
 * Lists containers of this run, running or not, by one filter of `docker ps`. The run's label stands beside the filter,
 * so that nobody else's container is ever listed.
 * @returns the names as command lines show them, sorted
 */
export async function listOwnContainers(context: RunContext, filter: ContainerFilter): Promise<readonly string[]> {
  const [flags, filters] = toFilter(context, filter);
  context.recorder.command(['docker ps', ...flags, "--format '{{.Names}}' | sort"].join(' '));
  const found = await callEngine(context, 'list containers', async () => {
    const own = { ...filters, label: [ownLabel(context), ...(filters.label ?? [])] };
    const listed: unknown = await context.engine.docker.listContainers({ all: true, filters: own });
    return readAnswer(listSchema, listed).filter(({ Labels }) => Labels[labelNames.run] === context.runId);
  });
  const prefix = engineName(context, '');
  const names = found
    .flatMap((row) => row.Names)
    .map((name) => shownName(name.replace(/^\//, '').replace(prefix, '')))
    .sort();
  context.recorder.output(names.join('\n'));
  return names;
}

/** Flags of `docker ps` for a filter, and the filter as the engine takes it. */
function toFilter(context: RunContext, filter: ContainerFilter): [string[], Record<string, string[]>] {
  if ('running' in filter) return [[], { status: ['running', 'paused', 'restarting'] }];
  const all = (words: string) => ['--all', '--filter', quote(words)];
  if ('ancestor' in filter) return [all(`ancestor=${filter.ancestor.name}`), { ancestor: [filter.ancestor.id] }];
  if ('label' in filter) return [all(`label=${filter.label}`), { label: [filter.label] }];
  if ('nameHas' in filter) return [all(`name=${filter.nameHas}`), { name: [filter.nameHas] }];
  return [
    all(`name=^${shownName(filter.nameStarts)}`),
    // Older engines and Podman compare with and without the slash before a name.
    { name: [`^/?${engineName(context, filter.nameStarts)}`] },
  ];
}

/**
 * Removes the stopped containers of this run that carry a label, as `docker container prune` does. The engine gets the
 * run's label as a second condition, so that it takes nobody else's container.
 * @param label a label that containers of this run were given, `name=value`
 */
export async function pruneOwnContainers(context: RunContext, label: string): Promise<void> {
  if (!/^[a-z][a-z.-]*=[a-z0-9-]+$/.test(label)) {
    throw new SandboxError('engine-refused', `The sandbox prunes by a label and its value, not by ${label}`);
  }
  const { docker } = context.engine;
  context.recorder.command(commandLine(['docker', 'container', 'prune', '--force', '--filter', `label=${label}`]));
  const { ContainersDeleted } = await callEngine(context, 'prune containers', async () =>
    readAnswer(prunedSchema, await docker.pruneContainers({ filters: { label: [ownLabel(context), label] } })),
  );
  const ids = ContainersDeleted ?? [];
  if (ids.length > 0) context.recorder.output(['Deleted Containers:', ...ids].join('\n'));
}

function ownLabel({ runId }: RunContext): string {
  return `${labelNames.run}=${runId}`;
}
