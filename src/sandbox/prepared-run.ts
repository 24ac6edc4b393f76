import { isDeepStrictEqual } from 'node:util';
import { containerCall, containerSpec, imageCall, imageSpec, type Made, type OpeningCall } from './opening.ts';
import type { StepRecord } from './recorder.ts';
import type { OpenRun } from './run.ts';
import type { Container, ContainerSpec, Sandbox } from './sandbox.ts';

/** One call of an opening that has been made ahead. */
interface Prepared {
  readonly call: OpeningCall;
  readonly made: Made;
  /** What it recorded. */
  readonly record: StepRecord;
}

/**
 * Makes the calls of an opening ahead, in their order.
 * @returns the run, whose sandbox hands out what is made already as long as the demo asks for just that
 * @throws SandboxError; the run must then be closed
 */
export async function prepareRun(run: OpenRun, opening: readonly OpeningCall[]): Promise<OpenRun> {
  const prepared: Prepared[] = [];
  for (const call of opening) {
    const made = await make(
      run.sandbox,
      call,
      prepared.map((item) => item.made),
    );
    prepared.push({ call, made, record: run.recorder.takeStep() });
  }
  return { ...run, sandbox: handOut(run, prepared) };
}

async function make(sandbox: Sandbox, call: OpeningCall, made: readonly Made[]): Promise<Made> {
  switch (call.kind) {
    case 'image':
      return { kind: 'image', image: await sandbox.makeImage(imageSpec(call, made)) };
    case 'volume':
      return { kind: 'volume', volume: await sandbox.volume(call.name) };
    case 'directory':
      return { kind: 'directory', directory: await sandbox.hostDirectory(call.name) };
    case 'network':
      return { kind: 'network', network: await sandbox.network(call.name) };
    case 'create':
    case 'run':
      return { kind: call.kind, container: await sandbox[call.kind](containerSpec(call, made)) };
  }
}

function handOut({ sandbox, recorder }: OpenRun, prepared: readonly Prepared[]): Sandbox {
  const waiting = [...prepared];
  const taken: Made[] = [];

  /** Takes the next prepared object if the demo asks for it, and otherwise puts away what waits: names would clash. */
  const take = async (call: OpeningCall | null): Promise<Made | null> => {
    const next = waiting[0];
    if (!next) return null;
    if (call === null || !isDeepStrictEqual(call, next.call)) {
      await putAway(waiting.splice(0));
      return null;
    }
    waiting.shift();
    taken.push(next.made);
    for (const line of next.record.commands) recorder.command(line);
    recorder.output(next.record.output);
    return next.made;
  };

  const putAway = async (unused: readonly Prepared[]): Promise<void> => {
    const { commands, output } = recorder.takeStep();
    for (const container of unused.flatMap(containersOf)) await container.remove({ volumes: true });
    for (const { made } of unused) {
      if (made.kind === 'volume') await made.volume.tryRemove({ force: true });
      if (made.kind === 'network') await made.network.tryRemove();
    }
    recorder.takeStep();
    for (const line of commands) recorder.command(line);
    recorder.output(output);
  };

  const container = async (kind: 'create' | 'run', spec: ContainerSpec): Promise<Container> => {
    const made = await take(containerCall(kind, spec, taken));
    return made !== null && 'container' in made ? made.container : sandbox[kind](spec);
  };

  return {
    ...sandbox,
    async makeImage(spec) {
      const made = await take(imageCall(spec, taken));
      return made?.kind === 'image' ? made.image : sandbox.makeImage(spec);
    },
    async volume(name) {
      const made = await take({ kind: 'volume', name });
      return made?.kind === 'volume' ? made.volume : sandbox.volume(name);
    },
    async hostDirectory(name) {
      const made = await take({ kind: 'directory', name });
      return made?.kind === 'directory' ? made.directory : sandbox.hostDirectory(name);
    },
    async network(name) {
      const made = await take({ kind: 'network', name });
      return made?.kind === 'network' ? made.network : sandbox.network(name);
    },
    create: (spec) => container('create', spec),
    run: (spec) => container('run', spec),
  };
}

function containersOf({ made }: Prepared): Container[] {
  return 'container' in made ? [made.container] : [];
}
