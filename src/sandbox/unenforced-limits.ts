import type { EngineFacts } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';

type Limit = keyof EngineFacts['enforces'];

/** Whether demos run on an engine that takes no notice of some limits: the setting DEMO_ENGINE_WITHOUT_LIMITS. */
export type WithoutLimits = 'refuse' | 'allow';

const names: Readonly<Record<Limit, string>> = {
  memory: 'memory',
  cpu: 'CPU',
  processes: 'processes',
  ulimits: 'ulimits (open files, file sizes, core dumps)',
  seccomp: 'system calls',
};

/** Names the limits of the policy that an engine takes no notice of, as a part of a sentence; null where there is none. */
export function nameUnenforced({ enforces }: Pick<EngineFacts, 'enforces'>): string | null {
  const missing = lacking(enforces).map((limit) => names[limit]);
  return missing.length < 2 ? (missing[0] ?? null) : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
}

/**
 * Says why demos do not run on an engine: the limits that it takes no notice of, why that is so, what mends it, and how
 * to accept it. Null for an engine that enforces all of them.
 * @param seccompLack why the engine's seccomp, where it has that, does not bound what the policy bounds
 */
function explainRefusal(facts: EngineFacts, seccompLack: string | null): string | null {
  const missing = nameUnenforced(facts);
  if (missing === null) return null;
  return [
    `Demos do not run on this engine, because it takes no notice of limits on ${missing}.`,
    ...reasons(facts),
    ...(facts.enforces.seccomp ? [] : [seccompLack ?? noSeccomp]),
    'Or accept it knowingly, on a machine that is there for demos alone, with DEMO_ENGINE_WITHOUT_LIMITS=allow.',
    'See docs/engine.md',
  ].join(' ');
}

/**
 * Lets through only an engine that enforces the policy, or one whose lacks an admin has accepted.
 * @param seccompLack as `explainRefusal` takes it
 * @throws SandboxError `limits-not-enforced`
 */
export function requireLimits(facts: EngineFacts, seccompLack: string | null, withoutLimits: WithoutLimits): void {
  const refusal = withoutLimits === 'allow' ? null : explainRefusal(facts, seccompLack);
  if (refusal !== null) throw new SandboxError('limits-not-enforced', refusal);
}

function lacking(enforces: EngineFacts['enforces']): Limit[] {
  const limits: Limit[] = ['memory', 'cpu', 'processes', 'ulimits', 'seccomp'];
  return limits.filter((limit) => !enforces[limit]);
}

/** What each lack comes from, and what mends it. */
function reasons({ enforces, controlGroups, rootless }: EngineFacts): string[] {
  const unlimited = !enforces.memory || !enforces.cpu || !enforces.processes;
  return [...(unlimited ? [groupReason(controlGroups, rootless)] : []), ...(enforces.ulimits ? [] : [ulimitReason])];
}

const ulimitReason = 'Rootless Podman before 5.5 ignores ulimits; take Podman 5.5 or later, or another engine.';

const noSeccomp = 'It runs containers without seccomp; switch that on, in its settings or in its kernel.';

function groupReason(controlGroups: boolean, rootless: boolean): string {
  if (!controlGroups && rootless) {
    return 'It is rootless on cgroup v1, where nobody but root can limit anything; run it on a host with cgroup v2, or take a rootful engine on a machine of its own.';
  }
  if (!controlGroups) return 'It uses no control groups; configure a cgroup driver for it.';
  return rootless
    ? 'Its user was given no control groups for them; delegate them (https://docs.docker.com/engine/security/rootless/tips/#limiting-resources says how), or take a rootful engine on a machine of its own.'
    : "Its host's kernel has no control groups for them; `docker info` warns of each, and the kernel's boot parameters switch them on.";
}
