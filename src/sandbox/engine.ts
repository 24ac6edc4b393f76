import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { z } from 'zod';
import type { EngineConfig } from '../config.ts';
import { boundCalls } from './bounded-calls.ts';
import { type CallBounds, callBounds } from './call-bounds.ts';
import { readAnswer } from './engine-answer.ts';
import { lackForNetworks } from './network-policy.ts';
import type { EngineFacts } from './sandbox.ts';
import { SandboxError, toSandboxError } from './sandbox-error.ts';

/** A connection to an engine. Opening it makes no request, and every request has a bound. */
export interface Engine {
  readonly docker: Docker;
  /** For messages, for example `unix:///var/run/docker.sock`. */
  readonly address: string;
  /** Whether nobody between can read or change what is said: TLS, SSH, or a socket of this host. */
  readonly encrypted: boolean;
  /** Ends every request that is under way, for good: further ones fail at once. */
  disconnect(): void;
}

/**
 * Connects to the engine that the settings name, or to the first default socket that exists.
 * Understands `unix://`, `tcp://` (with TLS by DOCKER_TLS_VERIFY and DOCKER_CERT_PATH), `ssh://` and `npipe://`, as
 * the Docker client does (https://docs.docker.com/reference/cli/docker/#environment-variables).
 * @throws SandboxError `no-engine` if the address or its certificates cannot be read
 */
export function connectEngine(
  config: EngineConfig,
  environment: Readonly<Record<string, string | undefined>>,
  bounds: CallBounds = callBounds,
): Engine {
  const address = config.host ?? `unix://${defaultSocket(environment)}`;
  const { encrypted, options } = connectionTo(address, config, environment);
  const docker = new Docker(options);
  const ended = new AbortController();
  boundCalls(docker.modem, bounds, ended.signal);
  const over = () => new SandboxError('stopped', 'The connection to the engine was closed');
  return { address, encrypted, docker, disconnect: () => ended.abort(over()) };
}

function connectionTo(
  address: string,
  config: EngineConfig,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly encrypted: boolean; readonly options: Docker.DockerOptions } {
  const local = /^(?:unix|npipe):\/\/(.+)$/.exec(address);
  if (local) return { encrypted: true, options: { socketPath: local[1] ?? '', host: undefined } };
  const url = parseAddress(address);
  const port = url.port === '' ? (url.protocol === 'ssh:' ? '22' : '2375') : url.port;
  if (url.protocol === 'ssh:') {
    const agent = environment.SSH_AUTH_SOCK;
    const sshOptions = agent === undefined ? {} : { agent };
    const options = { protocol: 'ssh', host: url.hostname, port, username: url.username, sshOptions } as const;
    return { encrypted: true, options };
  }
  const secure = config.tlsVerify || url.protocol === 'https:' || port === '2376';
  const protocol = secure ? 'https' : 'http';
  const certificates = secure && config.certPath !== null ? readCertificates(config.certPath) : {};
  return { encrypted: secure, options: { protocol, host: url.hostname, port, ...certificates } };
}

/** The sockets tried in turn: the system's, a rootless engine's, Docker Desktop's. */
function defaultSocket(environment: Readonly<Record<string, string | undefined>>): string {
  const system = '/var/run/docker.sock';
  const runtime = environment.XDG_RUNTIME_DIR;
  const candidates = [
    system,
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
    join(homedir(), '.docker', 'run', 'docker.sock'),
  ];
  return candidates.find((path) => existsSync(path)) ?? system;
}

function parseAddress(address: string): URL {
  try {
    return new URL(address.includes('://') ? address : `tcp://${address}`);
  } catch (cause) {
    const message = `DOCKER_HOST is not an address: "${address}". Use for example unix:///var/run/docker.sock or tcp://host:2376`;
    throw new SandboxError('no-engine', message, { cause });
  }
}

function readCertificates(folder: string): { ca: Buffer; cert: Buffer; key: Buffer } {
  try {
    const read = (name: string) => readFileSync(join(folder, name));
    return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  } catch (cause) {
    const message = `Cannot read ca.pem, cert.pem and key.pem in ${folder}. Check DOCKER_CERT_PATH`;
    throw new SandboxError('no-engine', message, { cause });
  }
}

const versionSchema = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  Arch: z.string(),
  Components: z.array(z.object({ Name: z.string() })).nullish(),
});

/** What decides about limits is not believed where it is missing. */
const infoSchema = z.object({
  Driver: z.string(),
  DriverStatus: z.array(z.array(z.string())).nullish(),
  SecurityOptions: z.array(z.string()).nullish(),
  Rootless: z.boolean().nullish(),
  CgroupDriver: z.string(),
  CgroupVersion: z.string().default('1'),
  MemoryLimit: z.boolean().default(false),
  CpuCfsQuota: z.boolean().default(false),
  PidsLimit: z.boolean().default(false),
  DockerRootDir: z.string().default(''),
  KernelVersion: z.string().default(''),
  OperatingSystem: z.string().default(''),
  NCPU: z.number().default(0),
  MemTotal: z.number().default(0),
  Name: z.string().default(''),
});

/**
 * Asks the engine what it is.
 * @throws SandboxError `no-engine`, `engine-denied`, `engine-silent` or `engine-unreadable` with what mends it
 */
export async function describeEngine(engine: Engine): Promise<EngineFacts> {
  try {
    const [toldVersion, toldInfo] = await Promise.all([engine.docker.version(), engine.docker.info()]);
    const version = readAnswer(versionSchema, toldVersion);
    const info = readAnswer(infoSchema, toldInfo);
    const security = info.SecurityOptions ?? [];
    // Docker lists it among its options; Podman has a field for it.
    const rootless = info.Rootless === true || security.some((option) => option.startsWith('name=rootless'));
    // Docker says so itself; Podman claims to enforce limits that it then ignores.
    const controlGroups = info.CgroupDriver !== 'none' && !(rootless && info.CgroupVersion === '1');
    const product = version.Components?.[0]?.Name === 'Podman Engine' ? 'Podman' : 'Docker';
    const enforces = {
      memory: controlGroups && info.MemoryLimit,
      cpu: controlGroups && info.CpuCfsQuota,
      processes: controlGroups && info.PidsLimit,
      seccomp: security.some((option) => option.startsWith('name=seccomp') && !option.endsWith('=unconfined')),
      ulimits: !(product === 'Podman' && rootless && isBefore(version.Version, 5, 5)),
    };
    return {
      product,
      version: version.Version,
      apiVersion: version.ApiVersion,
      storageDriver: info.Driver,
      containerdStore: (info.DriverStatus ?? []).some(
        ([key, value]) => key === 'driver-type' && value?.includes('containerd') === true,
      ),
      dataRoot: info.DockerRootDir,
      kernel: info.KernelVersion,
      os: info.OperatingSystem,
      architecture: version.Arch,
      cgroupVersion: info.CgroupVersion,
      rootless,
      controlGroups,
      enforces,
      networkLack: lackForNetworks({ product, version: version.Version, enforces }),
      cpus: info.NCPU,
      memory: info.MemTotal,
      host: info.Name,
    };
  } catch (cause) {
    throw toSandboxError(cause, engine.address, 'describe itself');
  }
}

/** A rootless Podman before 5.5 ignores the ulimits of a request (https://github.com/containers/podman/issues/25881). */
function isBefore(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
