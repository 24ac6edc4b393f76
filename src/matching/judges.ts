/** One judge of an entry: what it looks at, what it says, and how much that speaks for the entry. */
interface Judge {
  readonly looksAt: 'entry' | 'topic';
  /** What its number tells, 0 to 1, for `ask --explain` and the page on matching. */
  readonly says: string;
  readonly weight: number;
}

/** The judges whose numbers together speak for an entry. Of the topic's probabilities the logarithm counts, since odds multiply. */
export const judges = {
  cover: { looksAt: 'entry', says: 'how much of the question it speaks of, by BM25F', weight: 3 },
  likeness: { looksAt: 'entry', says: 'how like the question its most like phrasings are', weight: 3 },
  belief: { looksAt: 'topic', says: 'how probable it is by all phrasings, by complement naive Bayes', weight: 0.5 },
  spelling: { looksAt: 'topic', says: 'how probable it is by how all phrasings are spelled', weight: 0.75 },
} as const satisfies Readonly<Record<string, Judge>>;

/** The judges' names, in their order. */
export const judgeNames = Object.keys(judges) as readonly (keyof typeof judges)[];

/** What each judge says of an entry, 0 to 1. */
export type Judgement = Readonly<Record<keyof typeof judges, number>>;

/** What a topic of which nothing speaks is still taken for. */
const least = 0.001;

/** How much speaks for an entry in all: the logarithm of its odds beside others. */
export function speaksFor(judgement: Judgement): number {
  let odds = 0;
  for (const name of judgeNames) {
    const { looksAt, weight } = judges[name];
    odds += weight * (looksAt === 'topic' ? Math.log(judgement[name] + least) : judgement[name]);
  }
  return odds;
}
