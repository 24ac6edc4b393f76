import type { ContainerSpec, EngineFacts } from '../../../src/sandbox/sandbox.ts';
import { SandboxError } from '../../../src/sandbox/sandbox-error.ts';
import type { Attack, Attempt } from './attack.ts';
import type { Stand } from './stand.ts';

/** An attack that the run itself must end, not a setting of the container. */
export interface RunAttack extends Pick<Attack, 'tries' | 'limit'> {
  readonly spec: Omit<ContainerSpec, 'name'> & { readonly script: string };
  readonly timeLimitSeconds?: number;
  /** Whether this program cannot see what it does on such an engine, as docs/sandbox.md says. */
  readonly unseen?: (facts: EngineFacts) => boolean;
}

/** Makes an attack of a script that says `got it`: in a run, then in a container that no run watches. */
export function inRun({ spec, timeLimitSeconds = 60, unseen = () => false, ...rest }: RunAttack): Attack {
  return {
    ...rest,
    unenforced: (facts) => (unseen(facts) ? 'this program may not look at the processes of this engine' : null),
    async locked(stand) {
      const run = stand.openRun(timeLimitSeconds);
      const attempt = await run.sandbox.runOnce({ ...spec, name: 'attack' }).then(toAttempt, refused);
      const { leftovers } = await run.close();
      return leftovers === 0 ? attempt : { succeeded: true, seen: `${leftovers} objects outlived the run` };
    },
    unlocked: async (stand: Stand) => toAttempt(await stand.run(spec)),
  };
}

function toAttempt({ output }: { readonly output: string }): Attempt {
  return { succeeded: output.endsWith('got it'), seen: output };
}

/** A refusal by the sandbox is what stops an attack; anything else is a mistake of the suite. */
export function refused(error: unknown): Attempt {
  if (error instanceof SandboxError) return { succeeded: false, seen: error.message };
  throw error;
}
