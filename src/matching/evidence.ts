import type { Entry } from '../knowledge/entry.ts';
import type { Domain } from './domain.ts';
import type { QueryTerm, Ranked } from './ranking.ts';
import { isWord } from './terms.ts';

/** A ranked entry with its text. */
export type Candidate = Omit<Ranked, 'entry'> & { readonly entry: Entry };

/** What tells how sure the first candidate is; numbers of about 0 to 1 by name, log odds in tens. */
export interface Evidence {
  readonly likeness: number;
  readonly cover: number;
  /** How probable the first candidate is, among those ranked. */
  readonly share: number;
  readonly shareOdds: number;
  /** How far that is ahead of the best candidate on another topic. */
  readonly shareLead: number;
  /** How probable its topic is: as naive Bayes counts, and as learned from terms and from spelling. */
  readonly belief: number;
  readonly wording: number;
  readonly spelling: number;
  /** Which of the five that judge an entry are for its topic before all others: 0 for none, 1 for all. */
  readonly agreement: number;
  /** How like the question the second most like entry on its topic is. */
  readonly support: number;
  /** How many of the first five candidates are on its topic. */
  readonly company: number;
  /** How probable the best signpost is, among those ranked, and how much of the question it speaks of. */
  readonly signpost: number;
  readonly signpostOdds: number;
  readonly signpostLikeness: number;
  readonly signpostCover: number;
  /** How much of the question's single words the book knows, rare words counting more. */
  readonly known: number;
  /** 1 where a word that only Docker's world has is said. */
  readonly named: number;
  /** Docker's own words that other fields use too: 0, one, or several (1). */
  readonly subjects: number;
  readonly related: number;
  /** Where Docker is not named: how much of the question's single words the book does not know. */
  readonly strange: number;
  /** 1 for a single word, less for more. */
  readonly brevity: number;
}

const closest = 5;
const several = 2;
const least = 0.001;
const nothing = { score: 0, likeness: 0, cover: 0 } as const;

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
  const onTopic = ranking.filter(({ entry }) => entry.topic === first.entry.topic);
  const others = ranking.filter(({ entry }) => !entry.signpost && entry.topic !== first.entry.topic);
  const second = others[0] ?? nothing;
  const signpost = ranking.find(({ entry }) => entry.signpost) ?? nothing;
  const words = query.filter(({ text }) => isWord(text));
  const known = knownShare(words);
  return {
    likeness: first.likeness,
    cover: first.cover,
    share: first.score,
    shareOdds: tensOfOdds(first.score),
    shareLead: first.score - second.score,
    belief: first.belief,
    wording: first.wording,
    spelling: first.spelling,
    agreement: agreementOn(first, others),
    support: secondGreatest(onTopic.map(({ likeness }) => likeness)),
    company: ranking.slice(0, closest).filter((each) => onTopic.includes(each)).length / closest,
    signpost: signpost.score,
    signpostOdds: tensOfOdds(signpost.score),
    signpostLikeness: signpost.likeness,
    signpostCover: signpost.cover,
    known,
    named: domain.named ? 1 : 0,
    subjects: Math.min(1, domain.subjects / several),
    related: domain.related ? 1 : 0,
    strange: domain.named ? 0 : 1 - known,
    brevity: 1 / Math.max(1, words.length),
  };
}

const judges = ['cover', 'likeness', 'belief', 'wording', 'spelling'] as const;

function agreementOn(first: Candidate, others: readonly Candidate[]): number {
  const agreed = judges.filter((judge) => others.every((other) => other[judge] <= first[judge]));
  return agreed.length / judges.length;
}

function secondGreatest(values: readonly number[]): number {
  return [...values].sort((a, b) => b - a)[1] ?? 0;
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
