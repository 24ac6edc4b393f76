import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Life } from '../lives/life.ts';

/** One action of a demo, finished: what a person would type for it, and what came out. */
export interface Step {
  readonly title: string;
  /** The equivalent `docker` command lines, joined by newlines. */
  readonly command: string;
  /** What the commands printed; control codes stripped, bounded. */
  readonly output: string;
  /** Duration in milliseconds. */
  readonly ms: number;
  /** What became of the run's objects in it, in order. */
  readonly lives: readonly Life[];
}

/** What a claim's test found. `held` is null where this engine cannot show it; `observed` then says why. */
export interface Finding {
  readonly claim: string;
  readonly predicted: string;
  readonly observed: string;
  readonly held: boolean | null;
}

/** What a demo tells while it runs, in the order in which it happens. */
export type DemoEvent =
  | { readonly type: 'step-started'; readonly index: number; readonly title: string }
  | { readonly type: 'step-finished'; readonly index: number; readonly step: Step }
  | { readonly type: 'claim-tested'; readonly finding: Finding };

/** The question that readers may answer before a demo runs. */
export interface PredictionQuestion {
  readonly text: string;
  /** Two to four options, each at most 75 characters (a Slack button's limit). */
  readonly options: readonly string[];
  /** Index into `options` of what the demo shows. */
  readonly right: number;
}

/** What a demo's `run` works with. */
export interface DemoContext<StepId extends string, ClaimId extends string> {
  readonly sandbox: Sandbox;
  /** Runs one declared step; steps run in the declared order, each once. Use with `yield*`. */
  step<Result>(id: StepId, action: () => Promise<Result>): AsyncGenerator<DemoEvent, Result, void>;
  /** Reports what the test of a declared claim found. Use with `yield`. */
  tested(claim: ClaimId, finding: Omit<Finding, 'claim' | 'held'> & { readonly held: boolean }): DemoEvent;
  /** Reports that this engine cannot show a declared claim, and why. Use with `yield`. */
  notRun(claim: ClaimId, predicted: string, reason: string): DemoEvent;
}

/** A fixed, reviewed sequence of steps on a real engine that tests claims. It takes no input of any kind. */
export interface Demo<StepId extends string = string, ClaimId extends string = string> {
  /** The file's name without `.ts`. */
  readonly id: string;
  readonly title: string;
  readonly question: PredictionQuestion;
  /** Ids of the claims that it tests, as entries make them. */
  readonly claims: readonly ClaimId[];
  /** Step id → title, in the order in which they run. */
  readonly steps: Readonly<Record<StepId, string>>;
  /** Claims that Podman does not show, with what it does instead; there they are not run. */
  readonly dockerOnly?: Readonly<Partial<Record<NoInfer<ClaimId>, string>>>;
  /** That it makes networks: on an engine that cannot keep those apart, none of it is run. */
  readonly networks?: true;
  run(context: DemoContext<StepId, ClaimId>): AsyncGenerator<DemoEvent, void, void>;
}

/**
 * Types a demo: its step and claim ids become the only ones that `run` may name.
 * @returns the demo, unchanged
 */
export function defineDemo<const StepId extends string, const ClaimId extends string>(
  demo: Demo<StepId, ClaimId>,
): Demo<StepId, ClaimId> {
  return demo;
}
