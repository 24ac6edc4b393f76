import type { Container, ContainerSpec, Mount, Sandbox, Volume } from '../../sandbox/sandbox.ts';
import { readAccesses } from './file-access.ts';
import { containerName, createLedger, type Ledger } from './ledger.ts';
import type { Life, LifeEvent } from './life.ts';
import { noteContainer } from './noted-container.ts';
import { noteImages } from './noted-images.ts';

/** A sandbox that writes down what becomes of the objects of its run. */
export interface RecordedSandbox {
  readonly sandbox: Sandbox;
  /** What was recorded since the last call, in the order in which it happened. */
  takeLives(): readonly Life[];
}

/** Puts a record around a run's sandbox: of every call that the engine answered, and of no other. */
export function recordLives(sandbox: Sandbox): RecordedSandbox {
  const ledger = createLedger();
  return {
    takeLives: ledger.take,
    sandbox: { ...sandbox, ...noteImages(ledger, sandbox), ...noteMounted(ledger, sandbox) },
  };
}

/** The calls of a sandbox that make containers, volumes and networks. */
type MountedCalls = Pick<
  Sandbox,
  'create' | 'run' | 'runOnce' | 'tryRun' | 'volume' | 'unmadeVolume' | 'anonymousVolume' | 'network'
>;

function noteMounted(ledger: Ledger, sandbox: Sandbox): MountedCalls {
  const containers = new Map<Container, Container>();
  const volumes = new Map<Volume, Volume>();

  /** Hands the sandbox its own objects back, which it knows by identity. */
  const inner = (spec: ContainerSpec): ContainerSpec => ({
    ...spec,
    ...(spec.mounts === undefined ? {} : { mounts: spec.mounts.map(innerMount) }),
    ...(spec.beside === undefined ? {} : { beside: containers.get(spec.beside) ?? spec.beside }),
  });
  const innerMount = (mount: Mount): Mount =>
    mount.type === 'volume' ? { ...mount, volume: volumes.get(mount.volume) ?? mount.volume } : mount;

  const begun = (spec: ContainerSpec, ...events: LifeEvent[]) => {
    for (const mount of spec.mounts ?? []) if (mount.type === 'volume') ledger.volumeIs(mount.volume.shownName);
    ledger.note('container', containerName(spec), ...events);
  };
  const opened = (spec: ContainerSpec, container: Container, ...events: LifeEvent[]): Container => {
    begun(spec, ...events);
    const noted = noteContainer(ledger, spec, container);
    containers.set(noted, container);
    return noted;
  };
  const named = (volume: Volume): Volume => {
    const noted = noteVolume(ledger, volume);
    volumes.set(noted, volume);
    return noted;
  };
  const made = (volume: Volume): Volume => {
    ledger.volumeIs(volume.shownName);
    return named(volume);
  };

  return {
    create: async (spec) => opened(spec, await sandbox.create(inner(spec)), 'made'),
    run: async (spec) => opened(spec, await sandbox.run(inner(spec)), 'made', 'started'),
    async runOnce(spec) {
      const result = await sandbox.runOnce(inner(spec));
      begun(spec, 'made', 'started');
      ledger.used(spec, readAccesses(spec.script ?? '', result));
      ledger.note('container', containerName(spec), 'removed');
      return result;
    },
    async tryRun(spec) {
      const tried = await sandbox.tryRun(inner(spec));
      return 'refusal' in tried ? tried : { container: opened(spec, tried.container, 'made', 'started') };
    },
    volume: async (name) => made(await sandbox.volume(name)),
    unmadeVolume: (name) => named(sandbox.unmadeVolume(name)),
    anonymousVolume: async (container, path) =>
      made(await sandbox.anonymousVolume(containers.get(container) ?? container, path)),
    async network(name) {
      const network = await sandbox.network(name);
      ledger.note('network', network.shownName, 'made');
      return network;
    },
  };
}

function noteVolume(ledger: Ledger, inner: Volume): Volume {
  return {
    ...inner,
    async remove() {
      await inner.remove();
      ledger.volumeGone(inner.shownName);
    },
    async tryRemove(options) {
      const refusal = await inner.tryRemove(options);
      if (refusal === null) ledger.volumeGone(inner.shownName);
      return refusal;
    },
  };
}
