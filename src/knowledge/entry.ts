import { z } from 'zod';

/** How ids of entries, claims, topics, demos and figures are written: lower case words joined by hyphens. */
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as named-volume');

/** The shortest and the longest phrasing, in characters. */
export const shortestPhrasing = 2;
export const longestPhrasing = 300;
/** The most phrasings that stand in the entry itself: more would bury its answer. */
export const mostAsks = 12;

/** A month, such as 2026-11. */
export const month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'must be a month, such as 2026-11');

const claimDetails = z.strictObject({
  text: z.string().min(10),
  /** The demo that tests this claim, where it is another than the entry's own. */
  demo: id.optional(),
  /** The engines that can show it, for example `engine >= 23`. */
  needs: z.string().min(3).optional(),
  /** Why no engine can show it. */
  unprovable: z.string().min(10).optional(),
});

const claim = z.union([
  z
    .string()
    .min(10)
    .transform((text) => ({ text })),
  claimDetails,
]);

/** The front matter of an entry file, as written by its author. */
export const frontMatterSchema = z
  .strictObject({
    id,
    title: z.string().min(8).max(100),
    chapter: id,
    topic: id.optional(),
    covers: z.array(id).default([]),
    asks: z
      .array(z.string().min(shortestPhrasing).max(longestPhrasing))
      .min(1)
      .max(mostAsks, `has more than ${mostAsks}: move the rest to phrasings/<id>.txt, one a line`),
    claims: z.record(id, claim).default({}),
    demo: id.optional(),
    figure: id.optional(),
    related: z.array(id).default([]),
    sources: z.array(z.url({ protocol: /^https$/ })).min(1, 'needs at least one source, an https link'),
    checked: month.optional(),
    signpost: z.boolean().default(false),
  })
  .refine((front) => front.signpost || front.topic !== undefined, {
    message: 'needs a topic, one of those in outline.yaml',
    path: ['topic'],
  });

/** One checkable sentence of an entry. */
export interface Claim {
  readonly id: string;
  readonly text: string;
  /** The demo that tests it; null where `unprovable` says why none does. */
  readonly demo: string | null;
  /** The engines that can show it, for example `engine >= 23`; null where any can. */
  readonly needs: string | null;
  readonly unprovable: string | null;
}

/** One entry of the book: a question that people ask, its answer, claims, sources and demo. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly chapter: string;
  /** One of the outline's topics; null for a signpost. */
  readonly topic: string | null;
  /** Statements of the source document that this entry covers. */
  readonly covers: readonly string[];
  /** How people say it: the few that a person should read. */
  readonly asks: readonly string[];
  /** All ways to ask that matching reads beside the title and the body: the `asks`, then those of the phrasing files. */
  readonly phrasings: readonly string[];
  readonly claims: readonly Claim[];
  /** The demo offered with the answer, if any. */
  readonly demo: string | null;
  /** The picture of its idea, by its id; null where it has none. */
  readonly figure: string | null;
  readonly related: readonly string[];
  readonly sources: readonly string[];
  /** The month in which somebody last compared it with its sources, `YYYY-MM`; null if nobody has said so. */
  readonly checked: string | null;
  /** True for a signpost: it recognises a question outside the book and points elsewhere. */
  readonly signpost: boolean;
  /** True for a team's own: it stands in a folder beside the shipped book. */
  readonly own: boolean;
  /** The answer, in the Markdown subset that `check` allows. */
  readonly body: string;
  /** The file it came from, for messages. */
  readonly file: string;
}
