import type { Entry } from '../knowledge/entry.ts';
import type { Domain } from './domain.ts';
import type { QueryTerm, Ranked } from './ranking.ts';
import { isWord } from './terms.ts';

/** A ranked entry with its text. */
export type Candidate = Omit<Ranked, 'entry'> & { readonly entry: Entry };

/** What evidence is gathered from. */
interface Looked {
  /** The first candidate of the book. */
  readonly first: Candidate;
  /** The first signpost, where there is one among the candidates. */
  readonly signpost: Candidate | undefined;
  readonly domain: Domain;
  /** The question's single words. */
  readonly words: readonly QueryTerm[];
  /** How much of them the book knows, rare ones counting more, 0 to 1. */
  readonly known: number;
}

/** One piece of evidence: what it tells, for `ask --explain` and the page on matching, and its number. */
interface Piece {
  readonly says: string;
  /** About 0 to 1; log odds in tens. */
  of(looked: Looked): number;
}

const several = 2;
const least = 0.001;

/** What tells how sure the first candidate of the book is. What each weighs stands in `coefficients.ts`. */
export const pieces = {
  odds: { says: 'the log odds of its topic share', of: ({ first }) => tensOfOdds(first.topicShare) },
  belief: { says: 'how probable its topic is, by naive Bayes', of: ({ first }) => first.belief },
  signpostOdds: {
    says: "the log odds of the best signpost's topic share",
    of: ({ signpost }) => tensOfOdds(signpost?.topicShare ?? 0),
  },
  signpostLikeness: {
    says: "how like the question that signpost's phrasings are",
    of: ({ signpost }) => signpost?.likeness ?? 0,
  },
  known: {
    says: "how much of the question's words the book knows, rare ones counting more",
    of: ({ known }) => known,
  },
  named: { says: "1 where a word that only Docker's world has is said", of: ({ domain }) => (domain.named ? 1 : 0) },
  subjects: {
    says: "Docker's own words that other fields use too: 0, one (0.5), or several (1)",
    of: ({ domain }) => Math.min(1, domain.subjects / several),
  },
  strange: {
    says: "where Docker is not named, how much of the question's words the book does not know",
    of: ({ domain, known }) => (domain.named ? 0 : 1 - known),
  },
  brevity: { says: '1 for a single word, less for more', of: ({ words }) => 1 / Math.max(1, words.length) },
} as const satisfies Readonly<Record<string, Piece>>;

/** A number for each piece of evidence. */
export type Evidence = Readonly<Record<keyof typeof pieces, number>>;

/** The names of all pieces, in their order. */
export const evidenceNames = Object.keys(pieces) as readonly (keyof Evidence)[];

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
  const looked: Looked = { first, signpost, domain, words, known: knownShare(words) };
  return Object.fromEntries(evidenceNames.map((name) => [name, pieces[name].of(looked)])) as Evidence;
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

/** Coefficients of a logistic regression: a constant, and one for each piece of evidence. */
export type Coefficients = Readonly<Record<keyof Evidence | 'constant', number>>;

/**
 * Works out a probability from evidence.
 * @returns 0 to 1
 */
export function probability(coefficients: Coefficients, evidence: Evidence): number {
  let sum = coefficients.constant;
  for (const name of evidenceNames) sum += coefficients[name] * evidence[name];
  return 1 / (1 + Math.exp(-sum));
}
