import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import type { EngineFacts } from '../../../src/sandbox/sandbox.ts';
import type { Attack } from './attack.ts';
import type { AttackSpec, Outcome, Stand, Unlock } from './stand.ts';

/** An attack that is one script in one container. */
export interface ContainerAttack extends Pick<Attack, 'tries' | 'limit' | 'unenforced' | 'hopeless'> {
  readonly script: string;
  readonly spec?: Omit<AttackSpec, 'script'>;
  readonly unlock: Unlock;
  /** Whether the script got what it wanted; by default it then says `got it`. */
  readonly succeeds?: (outcome: Outcome) => boolean;
}

/** Makes an attack of a script: run under the policy, then with its limit taken away. */
export function inContainer({ script, spec = {}, unlock, succeeds = saysSo, ...rest }: ContainerAttack): Attack {
  const attempt = async (stand: Stand, take?: Unlock) => {
    const outcome = await stand.run({ ...spec, script }, take);
    return { succeeded: succeeds(outcome), seen: describeOutcome(outcome) };
  };
  return { ...rest, locked: (stand) => attempt(stand), unlocked: (stand) => attempt(stand, unlock) };
}

function saysSo({ output }: Outcome): boolean {
  return output.split('\n').includes('got it');
}

/** The last line that a script printed, or how it ended. */
function describeOutcome({ output, exitCode, oomKilled }: Outcome): string {
  const last = output.split('\n').at(-1)?.slice(0, 120) ?? '';
  const end = oomKilled ? 'ended for lack of memory' : `exit code ${exitCode}`;
  return last === '' ? end : last;
}

/** Replaces settings of the host part of a request. */
export function withHost(changes: HostConfig): Unlock {
  return (request) => replaceHost(request, changes);
}

function replaceHost(request: ContainerCreateOptions, changes: HostConfig): ContainerCreateOptions {
  return { ...request, HostConfig: { ...request.HostConfig, ...changes } };
}

/** Replaces one of the ulimits, or takes it away. */
export function withUlimit(name: string, value: number | null): Unlock {
  return (request: ContainerCreateOptions) => {
    const others = (request.HostConfig?.Ulimits ?? []).filter((limit) => limit.Name !== name);
    const added = value === null ? [] : [{ Name: name, Soft: value, Hard: value }];
    return { ...request, HostConfig: { ...request.HostConfig, Ulimits: [...others, ...added] } };
  };
}

/** Why an engine does not enforce ulimits; null where it does. */
export function ignoresUlimits({ enforces }: EngineFacts): string | null {
  return enforces.ulimits
    ? null
    : "this version of Podman, rootless, ignores ulimits asked for through Docker's interface";
}

/**
 * Gives the container capabilities. An engine's own seccomp profile then allows the system calls that need them; the one
 * that the policy brings for Podman does not, so it makes way.
 */
export function withCapability(...names: readonly string[]): Unlock {
  return (request) => replaceHost(request, { CapAdd: [...names], SecurityOpt: otherSecurity(request) });
}

/** Takes away the seccomp profile that the policy brings; where it brings none, the engine's own. */
export function withoutSeccomp(request: ContainerCreateOptions): ContainerCreateOptions {
  const others = otherSecurity(request);
  const own = others.length < securityOf(request).length;
  return replaceHost(request, { SecurityOpt: own ? others : [...others, 'seccomp=unconfined'] });
}

function otherSecurity(request: ContainerCreateOptions): string[] {
  return securityOf(request).filter((option) => !option.startsWith('seccomp='));
}

function securityOf({ HostConfig }: ContainerCreateOptions): string[] {
  return HostConfig?.SecurityOpt ?? [];
}
