import type { WeighedTerm } from '../../matching/match.ts';

/**
 * How alike questions must be to be one: what they share of what they say, 0 (nothing) to 1 (the same terms). What people
 * meant as one question is well above, what they did not well below; see the test.
 */
const alike = 0.4;

interface Said {
  readonly text: string;
  readonly worths: ReadonlyMap<string, number>;
  /** What all its terms are worth together. */
  readonly total: number;
}

/**
 * Groups questions that ask the same in other words. Each question joins the group that is most like it, its members
 * taken together, or begins one; since the most asked questions come first, and then the alphabet decides, the same
 * questions always give the same groups.
 * @param questions each distinct question, and how often it was asked
 * @param terms what a question says; see `Matcher.terms`
 * @returns the groups, each with its most asked question first
 */
export function clusterQuestions(
  questions: ReadonlyMap<string, number>,
  terms: (question: string) => readonly WeighedTerm[],
): string[][] {
  const inOrder = [...questions].sort(([a, timesA], [b, timesB]) => timesB - timesA || (a < b ? -1 : 1));
  const groups: Said[][] = [];
  for (const [question] of inOrder) {
    const said = weigh(question, terms(question));
    const [best] = groups
      .map((group) => ({ group, likeness: group.reduce((sum, each) => sum + likeness(each, said), 0) / group.length }))
      .sort((a, b) => b.likeness - a.likeness);
    if (best && best.likeness >= alike) best.group.push(said);
    else groups.push([said]);
  }
  return groups.map((group) => group.map(({ text }) => text));
}

function weigh(text: string, terms: readonly WeighedTerm[]): Said {
  const worths = new Map(terms.map((term) => [term.text, term.worth]));
  const total = [...worths.values()].reduce((sum, worth) => sum + worth, 0);
  return { text, worths, total };
}

/**
 * What two questions share, beside the geometric mean of what each says. Worths count as they are and are not squared:
 * squared, a word that the book comes to speak of more would soon count for nothing beside a rarer one.
 *
 * Questions without a term, such as those in another language's script, are alike where their words are the same.
 */
function likeness(a: Said, b: Said): number {
  if (a.total === 0 || b.total === 0) return a.text.toLowerCase() === b.text.toLowerCase() ? 1 : 0;
  let shared = 0;
  for (const [term, worth] of a.worths) if (b.worths.has(term)) shared += worth;
  return shared / Math.sqrt(a.total * b.total);
}
