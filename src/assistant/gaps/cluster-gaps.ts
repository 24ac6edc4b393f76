import type { WeighedTerm } from '../../matching/match.ts';

/**
 * How alike two questions must be to be one: the cosine of their terms, 0 (nothing shared) to 1 (the same terms). Of
 * pairs that people meant as one question most are above, of pairs that they did not all are far below; see the test.
 */
const alike = 0.35;

interface Vector {
  readonly text: string;
  readonly worths: ReadonlyMap<string, number>;
  readonly length: number;
}

/**
 * Groups questions that ask the same in other words. Each question joins the group whose first question is most like
 * it, or begins one; since the most asked questions begin, and then the alphabet decides, the same questions always
 * give the same groups.
 * @param questions each distinct question, and how often it was asked
 * @param terms what a question says; see `Matcher.terms`
 * @returns the groups, each with its most asked question first
 */
export function clusterQuestions(
  questions: ReadonlyMap<string, number>,
  terms: (question: string) => readonly WeighedTerm[],
): string[][] {
  const inOrder = [...questions].sort(([a, timesA], [b, timesB]) => timesB - timesA || (a < b ? -1 : 1));
  const groups: { readonly first: Vector; readonly members: string[] }[] = [];
  for (const [question] of inOrder) {
    const vector = toVector(question, terms(question));
    const [best] = groups
      .map((group) => ({ group, likeness: likeness(group.first, vector) }))
      .sort((a, b) => b.likeness - a.likeness);
    if (best && best.likeness >= alike) best.group.members.push(question);
    else groups.push({ first: vector, members: [question] });
  }
  return groups.map(({ members }) => members);
}

function toVector(text: string, terms: readonly WeighedTerm[]): Vector {
  const worths = new Map(terms.map((term) => [term.text, term.worth]));
  return { text, worths, length: Math.hypot(...worths.values()) };
}

/** Questions without a term, such as those in another language's script, are alike where their words are the same. */
function likeness(a: Vector, b: Vector): number {
  if (a.length === 0 || b.length === 0) return a.text.toLowerCase() === b.text.toLowerCase() ? 1 : 0;
  let product = 0;
  for (const [term, worth] of a.worths) product += worth * (b.worths.get(term) ?? 0);
  return product / (a.length * b.length);
}
