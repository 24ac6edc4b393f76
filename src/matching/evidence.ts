import type { Entry } from '../knowledge/entry.ts';
import type { Domain } from './domain.ts';
import type { QueryTerm, Ranked } from './ranking.ts';
import { isWord } from './terms.ts';

/** A ranked entry with its text. */
export type Candidate = Omit<Ranked, 'entry'> & { readonly entry: Entry };

/** What tells how sure the first candidate is; numbers of about 0 to 1, by name. */
export interface Evidence {
  readonly score: number;
  readonly likeness: number;
  readonly cover: number;
  /** How far the first candidate is ahead of the best one on another topic. */
  readonly lead: number;
  /** How many of the first five candidates share the first one's topic. */
  readonly agreement: number;
  /** How much of the question's single words the book knows, rare words counting more. */
  readonly known: number;
  /** How far the best signpost is ahead of the first candidate. */
  readonly signpostLead: number;
  /** How close a signpost behind it is. */
  readonly signpostNear: number;
  /** How probable the first candidate's topic is by naive Bayes. */
  readonly belief: number;
  /** How far that is ahead of the most probable other topic; below 0 where it is behind. */
  readonly beliefLead: number;
  /** How probable the signposts are, likewise. */
  readonly beliefSignpost: number;
  /** The same three for the topic's share of like phrasings. */
  readonly kinship: number;
  readonly kinshipLead: number;
  readonly kinshipSignpost: number;
  /** 1 where a word that only Docker's world has is said. */
  readonly named: number;
  /** Docker's own words that other fields use too: 0, one, or several (1). */
  readonly subjects: number;
  readonly related: number;
  readonly foreign: number;
  /** Where Docker is not named: how much of the question's single words the book does not know. */
  readonly strange: number;
  /** 1 for a single word, less for more. */
  readonly brevity: number;
}

/** A lead counts up to this much: beyond it, more lead says nothing more. */
const mostLead = 0.4;
const closest = 5;
const several = 2;

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
  const candidates = ranking.filter(({ entry }) => !entry.signpost);
  const [first] = candidates;
  if (!first) return null;
  const signpost = ranking.find(({ entry }) => entry.signpost);
  const near = candidates.slice(0, closest);
  const words = query.filter(({ text }) => isWord(text));
  const known = knownShare(words);
  const others = candidates.filter(({ entry }) => entry.topic !== first.entry.topic);
  return {
    score: first.score,
    likeness: first.likeness,
    cover: first.cover,
    lead: Math.min(mostLead, first.score - (others[0]?.score ?? 0)),
    agreement: near.filter(({ entry }) => entry.topic === first.entry.topic).length / closest,
    known,
    signpostLead: Math.max(0, (signpost?.score ?? 0) - first.score),
    signpostNear: first.score > 0 ? Math.min(1, (signpost?.score ?? 0) / first.score) : 0,
    belief: first.belief,
    beliefLead: first.belief - Math.max(0, ...others.map(({ belief }) => belief)),
    beliefSignpost: signpost?.belief ?? 0,
    kinship: first.kinship,
    kinshipLead: first.kinship - Math.max(0, ...others.map(({ kinship }) => kinship)),
    kinshipSignpost: signpost?.kinship ?? 0,
    named: domain.named ? 1 : 0,
    subjects: Math.min(1, domain.subjects / several),
    related: domain.related ? 1 : 0,
    foreign: domain.foreign ? 1 : 0,
    strange: domain.named ? 0 : 1 - known,
    brevity: 1 / Math.max(1, words.length),
  };
}

function knownShare(words: readonly QueryTerm[]): number {
  const total = words.reduce((sum, word) => sum + word.worth, 0);
  const known = words.filter((word) => word.number >= 0).reduce((sum, word) => sum + word.worth, 0);
  return total > 0 ? known / total : 0;
}
