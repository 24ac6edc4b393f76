import type { Finding } from './demo.ts';

/** What was found, with whether that is what was predicted. */
type Found = Omit<Finding, 'claim' | 'held'> & { readonly held: boolean };

/** Found as predicted where it held, else as the other words say. */
export function either(held: boolean, predicted: string, otherwise: string): Found {
  return { predicted, observed: held ? predicted : otherwise, held };
}

/** Held where what was observed is to the letter what was predicted. */
export function exactly(predicted: string, observed: string): Found {
  return { predicted, observed, held: observed === predicted };
}
