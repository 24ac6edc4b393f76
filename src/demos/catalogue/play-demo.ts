import { z } from 'zod';
import type { OpenRun } from '../../sandbox/run.ts';
import type { EngineFacts } from '../../sandbox/sandbox.ts';
import { recordLives } from '../lives/record-lives.ts';
import type { Demo, DemoContext, DemoEvent, Finding, Step } from './demo.ts';

/** Thrown where a demo does not do what it declared: a step out of turn, a claim untested. A mistake in its file. */
export class DemoBroken extends Error {
  override readonly name = 'DemoBroken';
  readonly code = 'demo-broken';
}

/** What to do about it: a demo runs as it stands, so only its file can be wrong. */
const mend = '. Mend its file in src/demos (docs/writing-demos.md)';

const findingSchema = z.object({ predicted: z.string(), observed: z.string(), held: z.boolean() });

/** A step with its single commands, which the script needs apart. */
export interface PlayedStep extends Step {
  readonly commands: readonly string[];
  /** What the commands printed, without notes. */
  readonly printed: string;
}

/** Something a demo did while it was played. A finished step carries its commands. */
export type PlayedEvent =
  | Exclude<DemoEvent, { type: 'step-finished' }>
  | { readonly type: 'step-finished'; readonly index: number; readonly step: PlayedStep };

/**
 * Plays a demo in an open run, event by event.
 * @param beforeStep waits for leave to take a step; called with its index and title
 * @throws DemoBroken if the demo strays from what it declared; SandboxError from its calls
 */
export async function* playDemo(
  demo: Demo,
  run: OpenRun,
  beforeStep: (index: number, title: string) => Promise<void>,
): AsyncGenerator<PlayedEvent, void, void> {
  const { sandbox, takeLives } = recordLives(run.sandbox);
  const titles = Object.entries(demo.steps);
  let next = 0;

  async function* step<Result>(id: string, action: () => Promise<Result>): AsyncGenerator<DemoEvent, Result, void> {
    const index = next++;
    const [expected, title] = titles[index] ?? [];
    if (expected !== id || title === undefined) {
      throw new DemoBroken(
        `The demo ${demo.id} took the step "${id}" where "${expected ?? 'the end'}" was declared${mend}`,
      );
    }
    await beforeStep(index, title);
    run.signal.throwIfAborted();
    yield { type: 'step-started', index, title };
    const started = performance.now();
    const result = await action();
    yield { type: 'step-finished', index, step: { ...finishedStep(run, title, started), lives: takeLives() } };
    return result;
  }

  const { tested, notRun, untested } = createFindings(demo, run.sandbox.engine.product);
  const { networkLack } = run.sandbox.engine;
  if (demo.networks === true && networkLack !== null) {
    for (const claim of demo.claims)
      yield withCommands(notRun(claim, 'shown where a run can have networks', networkLack));
    return;
  }
  for await (const event of demo.run({ sandbox, step, tested, notRun })) yield withCommands(event);
  if (next < titles.length)
    throw new DemoBroken(`The demo ${demo.id} ended before its step "${titles[next]?.[0]}"${mend}`);
  if (untested.size > 0) throw new DemoBroken(`The demo ${demo.id} did not test: ${[...untested].join(', ')}${mend}`);
}

/** @param started when the step began, by `performance.now()` */
function finishedStep({ recorder }: OpenRun, title: string, started: number): Omit<PlayedStep, 'lives'> {
  const { commands, output, printed } = recorder.takeStep();
  const ms = Math.round(performance.now() - started);
  return { title, command: commands.join('\n'), commands, output, printed, ms };
}

/** Makes what takes a demo's findings, and knows which claims have none yet. */
function createFindings(demo: Demo, product: EngineFacts['product']) {
  const untested = new Set(demo.claims);
  const report = (claim: string) => {
    if (untested.delete(claim)) return claim;
    throw new DemoBroken(`The demo ${demo.id} reported the claim "${claim}" twice, or never declared it${mend}`);
  };
  const notRun: DemoContext<string, string>['notRun'] = (claim, predicted, reason) => ({
    type: 'claim-tested',
    finding: { claim: report(claim), predicted, observed: `not run: ${reason}`, held: null },
  });
  const tested: DemoContext<string, string>['tested'] = (claim, finding) => {
    const difference = product === 'Podman' ? demo.dockerOnly?.[claim] : undefined;
    if (difference !== undefined) return notRun(claim, finding.predicted, `Podman ${difference}`);
    return { type: 'claim-tested', finding: { claim: report(claim), ...whole(demo, claim, finding) } };
  };
  return { tested, notRun, untested };
}

/** Types are not checked when a demo runs, and a finding that says nothing would be shown as one that does. */
function whole<Found extends Omit<Finding, 'claim'>>(demo: Demo, claim: string, finding: Found): Found {
  const { error } = findingSchema.safeParse(finding);
  if (error === undefined) return finding;
  const reason = z.prettifyError(error);
  throw new DemoBroken(`The demo ${demo.id} found nothing to say of "${claim}": ${reason}${mend}`, { cause: error });
}

/** Demos yield what `step` yields, so a finished step always has its commands; a demo cannot make one up. */
function withCommands(event: DemoEvent): PlayedEvent {
  if (event.type !== 'step-finished') return event;
  const { step } = event;
  return isPlayed(step)
    ? { ...event, step }
    : { ...event, step: { ...step, commands: [step.command], printed: step.output } };
}

function isPlayed(step: Step): step is PlayedStep {
  return 'commands' in step && 'printed' in step;
}
