import type Docker from 'dockerode';
import { commandLine } from '../quote.ts';
import { callEngine, type RunContext, shownName } from '../run-context.ts';
import type { ContainerSpec } from '../sandbox.ts';

/** What the parts of an open container share. */
export interface ContainerHandle {
  readonly context: RunContext;
  readonly spec: ContainerSpec;
  /** The client's own handle. */
  readonly container: Docker.Container;
  /** Its name in command lines. */
  readonly shown: string;
  /** Records a command line of `docker`. */
  record(...words: readonly string[]): void;
  /** Records what the command printed. */
  print(text: string): void;
  /** Calls the engine; see `callEngine`. */
  call<Value>(doing: string, action: () => Promise<Value>): Promise<Value>;
}

/** Makes what the parts of an open container share. */
export function handleOf(context: RunContext, spec: ContainerSpec, container: Docker.Container): ContainerHandle {
  return {
    context,
    spec,
    container,
    shown: shownName(spec.name),
    record: (...words) => context.recorder.command(commandLine(['docker', ...words])),
    print: (text) => context.recorder.output(text),
    call: (doing, action) => callEngine(context, doing, action),
  };
}
