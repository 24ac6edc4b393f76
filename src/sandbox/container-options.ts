import type { ContainerCreateOptions, MountSettings } from 'dockerode';
import { lockDown } from './policy.ts';
import { commandLine } from './quote.ts';
import { engineName, type RunContext, shownName } from './run-context.ts';
import type { ContainerSpec, Mount } from './sandbox.ts';

/** The engine's request body for a container: the policy, the run's labels, and what the demo asks for. */
export function containerOptions(context: RunContext, spec: ContainerSpec): ContainerCreateOptions {
  const { HostConfig: lockedHost, ...locked } = lockDown(spec.loosen);
  const mounts = spec.mounts ?? [];
  const shell = spec.script === undefined ? ['sh'] : ['sh', '-c', `exec 2>&1; ${spec.script}`];
  return {
    ...locked,
    name: engineName(context, spec.name),
    Image: (spec.image ?? context.baseImage).id,
    Cmd: ['timeout', '-s', 'KILL', String(context.deadManSeconds), ...shell],
    ...(spec.hostname === undefined ? {} : { Hostname: spec.hostname }),
    Env: Object.entries(spec.environment ?? {}).map(([name, value]) => `${name}=${value}`),
    Labels: { ...context.labels },
    AttachStdin: spec.script === undefined,
    OpenStdin: spec.script === undefined,
    StdinOnce: false,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    Volumes: Object.fromEntries(mounts.filter((mount) => mount.type === 'anonymous').map((mount) => [mount.path, {}])),
    HostConfig: {
      ...lockedHost,
      Mounts: mounts.flatMap((mount) => toEngineMount(context, mount)),
      ...(spec.restart === undefined || spec.restart === 'no' ? {} : { RestartPolicy: restartPolicy(spec.restart) }),
    },
  };
}

function toEngineMount(context: RunContext, mount: Mount): MountSettings[] {
  const common = { Target: mount.path, ReadOnly: 'readOnly' in mount && mount.readOnly === true };
  switch (mount.type) {
    case 'anonymous':
      return [];
    case 'tmpfs':
      return [{ ...common, Type: 'tmpfs', Source: '', TmpfsOptions: { SizeBytes: mount.size, Mode: 0o1777 } }];
    case 'bind':
      return [{ ...common, Type: 'bind', Source: mount.directory.path }];
    case 'volume':
      return [
        {
          ...common,
          Type: 'volume',
          Source: mount.volume.name,
          VolumeOptions: {
            NoCopy: mount.noCopy === true,
            Labels: { ...context.labels },
            DriverConfig: { Name: 'local', Options: {} },
          },
        },
      ];
  }
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
  const waits = spec.script === undefined;
  return [
    `docker ${verb}`,
    commandLine([
      ...(waits ? ['--interactive'] : []),
      ...(spec.loosen?.noInit === true ? [] : ['--init']),
      ...(verb === 'run --rm' ? [] : ['--name', shownName(spec.name)]),
      '--network',
      'none',
      ...(spec.loosen?.user === undefined ? [] : ['--user', `${spec.loosen.user}:${spec.loosen.user}`]),
      ...(spec.loosen?.memory === undefined
        ? []
        : ['--memory', String(spec.loosen.memory), '--memory-swap', String(spec.loosen.memory)]),
      ...(spec.loosen?.writableRoot === true ? [] : ['--read-only']),
      ...(spec.hostname === undefined ? [] : ['--hostname', spec.hostname]),
      ...Object.entries(spec.environment ?? {}).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...(spec.restart === undefined ? [] : ['--restart', spec.restart]),
      ...(spec.mounts ?? []).flatMap(mountWords),
    ]),
    commandLine([image, ...(spec.script === undefined ? ['sh'] : ['sh', '-c', spec.script])]),
  ].join(' ');
}

function mountWords(mount: Mount): string[] {
  if (mount.type === 'anonymous') return ['--volume', mount.path];
  if (mount.type === 'tmpfs')
    return ['--mount', `type=tmpfs,target=${mount.path},tmpfs-size=${mount.size},tmpfs-mode=1777`];
  const readOnly = mount.readOnly === true ? ',readonly' : '';
  if (mount.type === 'bind')
    return ['--mount', `type=bind,source=${mount.directory.shownPath},target=${mount.path}${readOnly}`];
  const noCopy = mount.noCopy === true ? ',volume-nocopy' : '';
  return ['--mount', `type=volume,source=${mount.volume.shownName},target=${mount.path}${readOnly}${noCopy}`];
}
