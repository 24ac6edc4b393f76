import type { ContainerCreateOptions, MountSettings } from 'dockerode';
import { healthConfig, healthFlags } from './health.ts';
import { networkedSeccomp } from './network-policy.ts';
import { ownNetwork } from './networks.ts';
import { lockDown, logConfig, type Place } from './policy.ts';
import { commandLine } from './quote.ts';
import { engineName, type RunContext, shownName } from './run-context.ts';
import type { ContainerSpec, Mount } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';

/** The engine's request body for a container: the policy, the run's labels, and what the demo asks for. */
export function containerOptions(context: RunContext, spec: ContainerSpec): ContainerCreateOptions {
  const place = placeOf(context, spec);
  const { HostConfig: lockedHost, ...locked } = lockDown(spec.loosen, place);
  const mounts = spec.mounts ?? [];
  const waits = waitsForScripts(spec);
  return {
    ...locked,
    name: engineName(context, spec.name),
    Image: (spec.image ?? context.baseImage).id,
    ...commandOf(context, spec),
    ...(spec.hostname === undefined ? {} : { Hostname: spec.hostname }),
    Env: Object.entries(spec.environment ?? {}).map(([name, value]) => `${name}=${value}`),
    // The run's own labels last: whatever a demo names, the run's end and the reaper find the container.
    Labels: { ...spec.labels, ...context.labels },
    ...(spec.health === undefined ? {} : { Healthcheck: healthConfig(spec.health) }),
    ...(place.kind === 'network'
      ? { NetworkingConfig: { EndpointsConfig: { [place.name]: { Aliases: [shownName(spec.name)] } } } }
      : {}),
    AttachStdin: waits,
    OpenStdin: waits,
    StdinOnce: false,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    HostConfig: {
      ...lockedHost,
      SecurityOpt: [...(lockedHost.SecurityOpt ?? []), ...seccompAt(context, place)],
      Ulimits: [...(lockedHost.Ulimits ?? []), ...podmanUlimits(context)],
      ...(spec.log === undefined ? {} : { LogConfig: logConfig(spec.log.kilobytes * 1024, spec.log.files) }),
      Mounts: mounts.flatMap((mount) => toEngineMount(context, mount)),
      ...(spec.restart === undefined || spec.restart === 'no' ? {} : { RestartPolicy: restartPolicy(spec.restart) }),
    },
  };
}

/**
 * Where a container is to stand in the network.
 * @throws SandboxError `engine-refused` for a network or a container that is not the run's own
 */
function placeOf(context: RunContext, { network, beside }: ContainerSpec): Place {
  if (beside !== undefined) {
    if (context.containers.has(beside.id)) return { kind: 'beside', container: beside.id };
    throw new SandboxError('engine-refused', `A container stands only beside one of its own run, not ${beside.id}`);
  }
  return network === undefined ? { kind: 'alone' } : { kind: 'network', name: ownNetwork(context, network) };
}

/** Who may be on a network gets a profile for that; Podman, which gets no networks, has this program's in any case. */
function seccompAt(context: RunContext, { kind }: Place): string[] {
  return kind === 'alone' || context.facts.product !== 'Docker' ? ownSeccomp(context) : [networkedSeccomp()];
}

/** Whether the container's main process is a shell that waits for `exec`. */
export function waitsForScripts({ script, loosen }: ContainerSpec): boolean {
  return script === undefined && loosen?.command === undefined;
}

/**
 * The command of a container: a shell under a time limit, or what the image says where the demo loosens that.
 * @throws SandboxError `engine-refused` for a command without a time limit that would be started again and again
 */
function commandOf(
  { deadManSeconds }: RunContext,
  { script, loosen, restart = 'no' }: ContainerSpec,
): Pick<ContainerCreateOptions, 'Cmd' | 'Entrypoint'> {
  if (loosen?.command === undefined) {
    const shell = script === undefined ? ['sh'] : ['sh', '-c', `exec 2>&1; ${script}`];
    return { Cmd: ['timeout', '-s', 'KILL', String(deadManSeconds), ...shell] };
  }
  if (restart !== 'no' || script !== undefined) {
    throw new SandboxError(
      'engine-refused',
      'A command without a time limit has neither a restart policy nor a script',
    );
  }
  const { words, entrypoint } = loosen.command;
  return {
    ...(words === undefined ? {} : { Cmd: [...words] }),
    ...(entrypoint === undefined ? {} : { Entrypoint: [entrypoint] }),
  };
}

/** Where the engine's own seccomp profile allows too much it gets another one. */
export function ownSeccomp({ seccompProfile }: Pick<RunContext, 'seccompProfile'>): string[] {
  return seccompProfile === null ? [] : [`seccomp=${seccompProfile}`];
}

/**
 * Podman raises the number of processes of a user to 1,048,576 where other ulimits are set and this one is not, which not
 * every host lets it do.
 */
function podmanUlimits({ facts }: RunContext): { Name: string; Soft: number; Hard: number }[] {
  return facts.product === 'Podman' ? [{ Name: 'nproc', Soft: 16_384, Hard: 16_384 }] : [];
}

function toEngineMount(context: RunContext, mount: Mount): MountSettings[] {
  const common = { Target: mount.path, ReadOnly: 'readOnly' in mount && mount.readOnly === true };
  switch (mount.type) {
    case 'anonymous':
      // Not by Volumes, which takes no labels: the reaper finds a killed run's volumes by them.
      return [{ ...common, Type: 'volume', Source: '', VolumeOptions: labelledVolume(context, false) }];
    case 'tmpfs':
      return [{ ...common, Type: 'tmpfs', Source: '', TmpfsOptions: { SizeBytes: mount.size, Mode: 0o1777 } }];
    case 'bind':
      return [{ ...common, Type: 'bind', Source: ownSource(context.hostDirectories, mount.directory.path) }];
    case 'volume':
      return [
        {
          ...common,
          Type: 'volume',
          Source: ownSource(context.volumes, mount.volume.name),
          VolumeOptions: labelledVolume(context, mount.noCopy === true),
        },
      ];
  }
}

function labelledVolume(context: RunContext, noCopy: boolean): MountSettings['VolumeOptions'] {
  return { NoCopy: noCopy, Labels: { ...context.labels }, DriverConfig: { Name: 'local', Options: {} } };
}

/**
 * Lets a container mount only what its run made, whatever object a demo hands in: no other path of the host, and
 * nobody else's volume.
 * @throws SandboxError `engine-refused`
 */
function ownSource(made: ReadonlySet<string>, source: string): string {
  if (made.has(source)) return source;
  throw new SandboxError('engine-refused', `The sandbox mounts only what its own run made, not ${source}`);
}

/** `on-failure:2` as the engine wants it. */
export function restartPolicy(policy: NonNullable<ContainerSpec['restart']>): {
  Name: string;
  MaximumRetryCount?: number;
} {
  const [name, count] = policy.split(':');
  return { Name: name ?? 'no', ...(count === undefined ? {} : { MaximumRetryCount: Number(count) }) };
}

/** The command line that a person would type for the container, without the policy's limits. */
export function containerCommand(
  verb: 'create' | 'run --detach' | 'run --rm',
  spec: ContainerSpec,
  image: string,
): string {
  const waits = waitsForScripts(spec);
  const own = spec.loosen?.command;
  return [
    `docker ${verb}`,
    commandLine([
      ...(waits ? ['--interactive'] : []),
      ...(spec.loosen?.noInit === true ? [] : ['--init']),
      ...(verb === 'run --rm' ? [] : ['--name', shownName(spec.name)]),
      '--network',
      spec.network?.shownName ?? (spec.beside === undefined ? 'none' : `container:${shownName(spec.beside.name)}`),
      ...(spec.loosen?.user === undefined ? [] : ['--user', `${spec.loosen.user}:${spec.loosen.user}`]),
      ...(spec.loosen?.cpus === undefined ? [] : ['--cpus', String(spec.loosen.cpus)]),
      ...(spec.loosen?.memory === undefined
        ? []
        : ['--memory', String(spec.loosen.memory), '--memory-swap', String(spec.loosen.memory)]),
      ...(spec.loosen?.writableRoot === true ? [] : ['--read-only']),
      ...(spec.hostname === undefined ? [] : ['--hostname', spec.hostname]),
      ...Object.entries(spec.environment ?? {}).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...Object.entries(spec.labels ?? {}).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
      ...(spec.restart === undefined ? [] : ['--restart', spec.restart]),
      ...(spec.health === undefined ? [] : healthFlags(spec.health)),
      ...(spec.log === undefined
        ? []
        : [
            '--log-driver',
            'json-file',
            '--log-opt',
            `max-size=${spec.log.kilobytes}k`,
            '--log-opt',
            `max-file=${spec.log.files}`,
          ]),
      ...(own?.entrypoint === undefined ? [] : ['--entrypoint', own.entrypoint]),
    ]),
    ...(spec.mounts ?? []).map(mountFlag),
    image,
    commandLine(own ? (own.words ?? []) : spec.script === undefined ? ['sh'] : ['sh', '-c', spec.script]),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** A mount's flag as a shell reads it: names can be variables there. */
function mountFlag(mount: Mount): string {
  if (mount.type === 'anonymous') return commandLine(['--volume', mount.path]);
  if (mount.type === 'tmpfs')
    return commandLine(['--mount', `type=tmpfs,target=${mount.path},tmpfs-size=${mount.size},tmpfs-mode=1777`]);
  const readOnly = mount.readOnly === true ? ',readonly' : '';
  if (mount.type === 'bind')
    return `--mount type=bind,source="${mount.directory.shownPath}",target=${mount.path}${readOnly}`;
  const noCopy = mount.noCopy === true ? ',volume-nocopy' : '';
  return `--mount type=volume,source=${mount.volume.shownName},target=${mount.path}${readOnly}${noCopy}`;
}
