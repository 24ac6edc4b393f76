import type { Card, CardStep } from '../../assistant/card.ts';
import type { TestedClaim } from '../../assistant/report.ts';
import { shorten } from './slack-text.ts';

/** The texts of a card, as long as its height allows. */
export interface CardTexts {
  /** Whether claims are set as small as the steps. */
  readonly small: boolean;
  /** Each claim with its mark, and below it what was predicted and observed. */
  readonly claims: readonly { readonly claim: string; readonly values: string }[];
  /** How many claims are left out; null where all are there. */
  readonly more: string | null;
  /** A line for each step. */
  readonly steps: readonly string[];
}

/** How closely a card is set: characters that each text has room for, and how many claims are shown. */
interface Density {
  readonly small: boolean;
  readonly claim: number;
  readonly value: number;
  readonly step: number;
  readonly claims: number;
}

/** From the roomiest on; the first by which a card is low enough is taken. */
const densities: readonly Density[] = [
  { small: false, claim: 250, value: 90, step: 110, claims: 8 },
  { small: false, claim: 160, value: 60, step: 45, claims: 8 },
  ...[8, 7, 6, 5, 4, 3, 2, 1].map((claims) => ({ small: true, claim: 150, value: 60, step: 45, claims })),
];
/**
 * Pixels that a card's title, verdict, claims and steps may take in a thread, which is about 480 pixels wide, so that
 * with receipt and buttons it stays below 700: it is not to fill the channel.
 */
const mostHeight = 530;
/** Characters to a line there, and pixels of a line (measured). */
const sizes = {
  title: { characters: 40, line: 24 },
  text: { characters: 53, line: 22 },
  small: { characters: 61, line: 19 },
} as const;
/** Pixels between two blocks. */
const gap = 8;

/** Steps that a card shows; how many more there are it says. */
const mostSteps = 12;
/** A word of more characters is cut: nobody compares a whole digest, and it would be wider than the column. */
const longestWord = 28;

/**
 * Says what a card says of claims and steps as fully as there is room for.
 * @param above pixels that its title and verdict take
 */
export function layOutCard(card: Card, above: number): CardTexts {
  const [roomiest, ...others] = densities.map((density) => () => textsAt(density, card));
  let texts = roomiest?.() ?? { small: true, claims: [], more: null, steps: [] };
  for (const make of others) {
    if (heightOf(texts) + above <= mostHeight) break;
    texts = make();
  }
  return texts;
}

/** Pixels that a text of several lines takes, about. */
export function textHeight(text: string, size: keyof typeof sizes): number {
  const { characters, line } = sizes[size];
  const lines = text.split('\n').map((each) => Math.max(1, Math.ceil(each.length / characters)));
  return lines.reduce((sum, count) => sum + count, 0) * line;
}

function heightOf({ small, claims, more, steps }: CardTexts): number {
  const size = small ? 'small' : 'text';
  const shown = claims.map(
    ({ claim, values }) => textHeight(claim, size) + textHeight(values, 'small') + (small ? gap : 2 * gap),
  );
  return shown.reduce(
    (sum, height) => sum + height,
    textHeight([...steps, ...(more === null ? [] : [more])].join('\n'), 'small'),
  );
}

function textsAt({ small, claim, value, step, claims: most }: Density, { claims, steps }: Card): CardTexts {
  const held = ({ held: so }: TestedClaim) => so === true;
  // What did not hold is never what is left out.
  const ordered = claims.length > most ? [...claims.filter((each) => !held(each)), ...claims.filter(held)] : claims;
  const left = claims.length - most;
  return {
    small,
    claims: ordered.slice(0, most).map((each) => ({
      claim: `${claimMark(each)} ${shorten(each.text, claim)}`,
      values: valuesOf(each, value),
    })),
    more: left > 0 ? `And ${left} more ${left === 1 ? 'claim' : 'claims'}: see Receipt` : null,
    steps: stepLines(steps, step),
  };
}

function claimMark({ held }: TestedClaim): string {
  if (held === null) return '➖ Not run:';
  return held ? '✅' : '❌ Refuted:';
}

function valuesOf({ predicted, observed }: TestedClaim, room: number): string {
  const [before, after] = [oneLine(predicted, room), oneLine(observed, room)];
  return before === after ? `Predicted and observed: ${after}` : `Predicted: ${before} · Observed: ${after}`;
}

/** What an engine said, in one line. */
function oneLine(text: string, room: number): string {
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => shorten(word, longestWord));
  const line = words.join(' ');
  return line === '' ? 'nothing' : shorten(line, room);
}

/** Stands before a step's number. */
export const stepMarks = { done: '✅', failed: '❌', stopped: '⏹️', 'not-begun': '➖' } as const;

function stepLines(steps: readonly CardStep[], room: number): string[] {
  const lines = steps.slice(0, mostSteps).map(({ title, end, ms }, index) => {
    // The time stays in one piece where the line breaks.
    const time = ms === null ? '' : ` ·\u00a0${ms}\u00a0ms`;
    return `${stepMarks[end]} ${index + 1}. ${shorten(title, room)}${time}`;
  });
  const left = steps.length - mostSteps;
  return left > 0 ? [...lines, `And ${left} more: see Commands`] : lines;
}
