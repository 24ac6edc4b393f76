/** Words for what a question speaks of without naming it. */
const pronoun = /\b(its?|that|this|them|they|these|those|one)\b/;

/** What entries are about, by the words that stand in their titles. */
const nouns = new Set(
  `container containers image images volume volumes layer layers data database cache mount bind network port ports log
  logs compose dockerfile registry driver file files folder directory user memory`.split(/\s+/),
);

/** Says nothing but that something else is meant now: "what about a named volume?". */
const turn =
  /^(?:(?:ok|okay|and|but|so|then|well|cool|nice)[, ]+)*(?:what|how) about (?:(?:an?|the) )?([^?]{2,40})\??$/;

/**
 * Says anew what a question that goes on from an entry may mean: with what that entry is about in the place of "it", a
 * text for each noun of its title.
 * @param text the question, clean and lower case
 * @param title of the entry before
 * @returns clean lower-case texts; none where the question leans on nothing
 */
export function nameIt(text: string, title: string): string[] {
  const [, other] = turn.exec(text) ?? [];
  const turned = other === undefined || pronoun.test(other) ? [] : [`what is ${other}?`];
  if (!pronoun.test(text)) return turned;
  const words = new Set(
    title
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.filter((word) => nouns.has(word)),
  );
  const named = (noun: string) => text.replace(pronoun, (it) => (it === 'its' ? `the ${noun}'s` : `the ${noun}`));
  return [...turned, ...[...words].map(named)];
}
