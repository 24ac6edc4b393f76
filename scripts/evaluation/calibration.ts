import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../../src/knowledge/entry.ts';
import { type Coefficients, probability } from '../../src/matching/evidence.ts';
import { gatherExamples } from './examples.ts';
import { type Example, fitLogistic } from './logistic-fit.ts';
import type { LabelledQuestion } from './question-file.ts';

/** The coefficients of both decisions. */
export interface Fitted {
  readonly firstIsRight: Coefficients;
  readonly isInBook: Coefficients;
}

/** What came of fitting them again. */
export interface Calibration {
  readonly fitted: Fitted;
  /** The module that holds them, as it should be. */
  readonly text: string;
  /** How those in use compare, in words. */
  readonly verdict: string;
  /** Those in use decide otherwise by more than an entry or two can change. */
  readonly outOfDate: boolean;
}

/** How far apart, on average, the probabilities by old and new coefficients may be. */
const tolerance = 0.02;

/**
 * Fits the coefficients of the decision anew.
 * @param own our own questions
 * @param committed those in use, to compare with
 */
export function calibrate(book: readonly Entry[], own: readonly LabelledQuestion[], committed: Fitted): Calibration {
  const examples = gatherExamples(book, own);
  const fitted = {
    firstIsRight: fitLogistic(examples, (example) => example.firstIsRight),
    isInBook: fitLogistic(examples, (example) => example.isInBook),
  };
  const apart = Math.max(
    distance(examples, fitted.firstIsRight, committed.firstIsRight),
    distance(examples, fitted.isInBook, committed.isInBook),
  );
  const basis = `${examples.length} questions`;
  const verdict = isDeepStrictEqual(fitted, committed)
    ? `Fitted to ${basis}: exactly the committed coefficients.`
    : `Fitted to ${basis}: probabilities by the committed coefficients are ${(100 * apart).toFixed(1)} points off on average. Run npm run calibrate -- --update, then npm run evaluate -- --update.`;
  return { fitted, text: moduleText(fitted), verdict, outOfDate: apart > tolerance };
}

function distance(examples: readonly Example[], one: Coefficients, other: Coefficients): number {
  const total = examples.reduce(
    (sum, { evidence }) => sum + Math.abs(probability(one, evidence) - probability(other, evidence)),
    0,
  );
  return total / Math.max(1, examples.length);
}

function moduleText({ firstIsRight, isInBook }: Fitted): string {
  return `import type { Coefficients } from './evidence.ts';

// Written by \`npm run calibrate -- --update\`, which fits them to the book's phrasings and our own questions.

/** Tells how probable it is that the first candidate is right. */
export const firstIsRight: Coefficients = ${literal(firstIsRight)};

/** Tells how probable it is that the book answers the question at all. */
export const isInBook: Coefficients = ${literal(isInBook)};
`;
}

function literal(coefficients: Coefficients): string {
  const lines = Object.entries(coefficients).map(([name, value]) => `  ${name}: ${value},\n`);
  return `{\n${lines.join('')}}`;
}
