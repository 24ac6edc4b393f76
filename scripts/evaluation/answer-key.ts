import type { Entry } from '../../src/knowledge/entry.ts';

/** What a true answer says: of every group at least one pattern, without regard to case. */
export type AnswerKey = readonly (readonly RegExp[])[];

/** Readers see so many characters of a body before they have to go looking. */
const earlyCharacters = 900;

/** Whether an entry answers by the key: in its title or anywhere in its body. */
export function isTrue(key: AnswerKey, { title, body }: Entry): boolean {
  return holds(key, `${title} ${body}`);
}

/** Whether it does so at once: in its title or the beginning of its body. */
export function isEarly(key: AnswerKey, { title, body }: Entry): boolean {
  return holds(key, `${title} ${body.trimStart().slice(0, earlyCharacters)}`);
}

/** A pattern may stand for the text as it is written, or for what a reader sees of it. */
function holds(key: AnswerKey, text: string): boolean {
  const written = text.replace(/\s+/g, ' ');
  const seen = written.replace(/[`*\\]/g, '');
  return key.every((group) => group.some((pattern) => pattern.test(written) || pattern.test(seen)));
}
