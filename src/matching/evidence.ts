import type { Entry } from '../knowledge/entry.ts';
import type { Domain } from './domain.ts';
import type { QueryTerm, Ranked } from './ranking.ts';
import { isWord } from './terms.ts';

/** A ranked entry with its text. */
export type Candidate = Omit<Ranked, 'entry'> & { readonly entry: Entry };

/** What tells how sure the first candidate of the book is; numbers of about 0 to 1, log odds in tens. */
export interface Evidence {
  /** The log odds of its score. */
  readonly odds: number;
  /** How probable its topic is, as naive Bayes counts: little where many topics speak like that. */
  readonly belief: number;
  /** The log odds of the best signpost's score, and how like the question its phrasings are. */
  readonly signpostOdds: number;
  readonly signpostLikeness: number;
  /** How much of the question's single words the book knows, rare words counting more. */
  readonly known: number;
  /** 1 where a word that only Docker's world has is said. */
  readonly named: number;
  /** Docker's own words that other fields use too: 0, one, or several (1). */
  readonly subjects: number;
  /** Where Docker is not named: how much of the question's single words the book does not know. */
  readonly strange: number;
  /** 1 for a single word, less for more. */
  readonly brevity: number;
}

const several = 2;
const least = 0.001;

/**
 * Gathers the evidence for the first candidate of the book.
 * @param ranking entries and signposts, best first
 * @returns null where no entry of the book is among them
 */
export function gatherEvidence(
  query: readonly QueryTerm[],
  ranking: readonly Candidate[],
  domain: Domain,
): Evidence | null {
  const first = ranking.find(({ entry }) => !entry.signpost);
  if (!first) return null;
  const signpost = ranking.find(({ entry }) => entry.signpost);
  const words = query.filter(({ text }) => isWord(text));
  const known = knownShare(words);
  return {
    odds: tensOfOdds(first.score),
    belief: first.belief,
    signpostOdds: tensOfOdds(signpost?.score ?? 0),
    signpostLikeness: signpost?.likeness ?? 0,
    known,
    named: domain.named ? 1 : 0,
    subjects: Math.min(1, domain.subjects / several),
    strange: domain.named ? 0 : 1 - known,
    brevity: 1 / Math.max(1, words.length),
  };
}

/** The odds of a share as a logarithm, bounded at both ends. */
function tensOfOdds(share: number): number {
  return Math.log10((share + least) / (1 - share + least));
}

function knownShare(words: readonly QueryTerm[]): number {
  const total = words.reduce((sum, word) => sum + word.worth, 0);
  const known = words.filter((word) => word.number >= 0).reduce((sum, word) => sum + word.worth, 0);
  return total > 0 ? known / total : 0;
}
