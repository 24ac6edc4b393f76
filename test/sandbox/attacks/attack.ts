import type { EngineFacts } from '../../../src/sandbox/sandbox.ts';
import { statusOf } from '../../../src/sandbox/sandbox-error.ts';
import type { Stand } from './stand.ts';

/** What an attempt came to, and what was seen of it. */
export interface Attempt {
  readonly succeeded: boolean;
  readonly seen: string;
}

/** One attempt to break out of the sandbox, or to harm its host. */
export interface Attack {
  /** What it tries, as a row of the table says it. */
  readonly tries: string;
  /** The limit that must stop it: a row's name in docs/sandbox.md. */
  readonly limit: string;
  /** Tries it under the policy as it is. */
  locked(stand: Stand): Promise<Attempt>;
  /** Tries the same with just that limit taken away, or looser where taking it away would harm this machine. */
  unlocked(stand: Stand): Promise<Attempt>;
  /** Whether no other attack may go on beside it, since both would feel it. */
  readonly alone?: true;
  /** Why this engine cannot enforce the limit; null where it can. */
  readonly unenforced?: (facts: EngineFacts) => string | null;
  /** Why the attempt fails on this engine also without the limit, so that only the first half shows anything. */
  readonly hopeless?: (facts: EngineFacts) => string | null;
}

/** What became of an attack. Only `stopped` and `stopped twice` are good. */
export type Verdict =
  | 'stopped'
  /** The engine stops it also without the limit. */
  | 'stopped twice'
  /** The engine cannot enforce the limit, and the attempt succeeded. */
  | 'not enforced'
  | 'broken through'
  /** It failed without the limit too, so its failure under the policy says nothing. */
  | 'shows nothing';

/** A row of the table. */
export interface Row {
  readonly tries: string;
  readonly limit: string;
  readonly verdict: Verdict;
  readonly locked: string;
  readonly unlocked: string;
}

/** Runs an attack both ways. */
export async function runAttack(attack: Attack, stand: Stand): Promise<Row> {
  const { tries, limit } = attack;
  const row = (verdict: Verdict, locked: string, unlocked: string): Row => ({
    tries,
    limit,
    verdict,
    locked,
    unlocked,
  });
  const hopeless = attack.hopeless?.(stand.facts) ?? null;
  const unenforced = attack.unenforced?.(stand.facts) ?? null;
  const locked = await attempt(() => attack.locked(stand));
  if (locked.refused) return row('shows nothing', locked.seen, '');
  if (locked.succeeded)
    return row(unenforced === null ? 'broken through' : 'not enforced', locked.seen, unenforced ?? '');
  if (hopeless !== null) return row('stopped twice', locked.seen, hopeless);
  const unlocked = await attempt(() => attack.unlocked(stand));
  if (unlocked.refused) return row('stopped twice', locked.seen, unlocked.seen);
  return row(unlocked.succeeded ? 'stopped' : 'shows nothing', locked.seen, unlocked.seen);
}

/** An engine may refuse to make a container at all, for example a looser one. */
async function attempt(action: () => Promise<Attempt>): Promise<Attempt & { readonly refused: boolean }> {
  try {
    return { ...(await action()), refused: false };
  } catch (error) {
    if (statusOf(error) === null) throw error;
    return { succeeded: false, refused: true, seen: error instanceof Error ? error.message : String(error) };
  }
}
