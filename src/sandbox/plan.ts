import { containerCall, imageCall, type Made, type OpeningCall } from './opening.ts';
import type {
  Container,
  ContainerSpec,
  EngineFacts,
  HostDirectory,
  Image,
  Network,
  Sandbox,
  Volume,
} from './sandbox.ts';

/** A sandbox that makes nothing and notes what a demo begins with. */
export interface Plan {
  readonly sandbox: Sandbox;
  readonly calls: readonly OpeningCall[];
  /** Resolves when the demo makes the first call that is not part of an opening. */
  readonly ended: Promise<void>;
}

/** A demo may read facts; what it makes of them is compared with what was made ahead when it runs. */
const unknownEngine: EngineFacts = {
  product: 'Docker',
  controlGroups: true,
  version: '0',
  apiVersion: '0',
  storageDriver: '',
  containerdStore: false,
  dataRoot: '',
  kernel: '',
  os: '',
  architecture: '',
  cgroupVersion: '0',
  rootless: false,
  enforces: { memory: true, cpu: true, processes: true, ulimits: true, seccomp: true },
  networkLack: null,
  cpus: 0,
  memory: 0,
  host: '',
};

/** Makes a sandbox for planning. A call that is not part of an opening never returns. */
export function createPlan(): Plan {
  const calls: OpeningCall[] = [];
  const made: Made[] = [];
  const ended = Promise.withResolvers<void>();
  const end = (): Promise<never> => {
    ended.resolve();
    return new Promise(() => undefined);
  };
  let over = false;

  /** An object of which only the given properties are known; asking for another ends the plan. */
  const onlyWith = <Value extends object>(properties: Partial<Value>): Value =>
    new Proxy<Value>(Object.assign(Object.create(null), properties), {
      get(target, name) {
        // A promise that resolves with this object asks whether it is a promise itself.
        if (name === 'then') return undefined;
        if (Reflect.has(target, name)) return Reflect.get(target, name);
        over = true;
        return end;
      },
    });

  const note = (call: OpeningCall | null, item: Made): boolean => {
    over ||= call === null;
    if (over || call === null) return false;
    calls.push(call);
    made.push(item);
    return true;
  };

  const container = (kind: 'create' | 'run', spec: ContainerSpec): Promise<Container> => {
    const handle = onlyWith<Container>({ name: spec.name });
    return note(containerCall(kind, spec, made), { kind, container: handle }) ? Promise.resolve(handle) : end();
  };

  const sandbox = onlyWith<Sandbox>({
    makeImage(spec) {
      const image = onlyWith<Image>({ name: spec.name });
      return note(imageCall(spec, made), { kind: 'image', image }) ? Promise.resolve(image) : end();
    },
    volume(name) {
      const volume = onlyWith<Volume>({ name });
      return note({ kind: 'volume', name }, { kind: 'volume', volume }) ? Promise.resolve(volume) : end();
    },
    hostDirectory(name) {
      const directory = onlyWith<HostDirectory>({ path: name, shownPath: name });
      return note({ kind: 'directory', name }, { kind: 'directory', directory }) ? Promise.resolve(directory) : end();
    },
    network(name) {
      const network = onlyWith<Network>({ name, shownName: name });
      return note({ kind: 'network', name }, { kind: 'network', network }) ? Promise.resolve(network) : end();
    },
    create: (spec) => container('create', spec),
    run: (spec) => container('run', spec),
    engine: unknownEngine,
    hostFact: () => Promise.resolve(''),
    note: () => undefined,
  });
  return { sandbox, calls, ended: ended.promise };
}
