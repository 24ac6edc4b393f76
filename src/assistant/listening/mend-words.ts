import { before, behind, wishPhrases } from './wish-phrases.ts';

/** The letters beside each on a keyboard, by rows (QWERTY; y and z change places on German ones). */
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;

/** Letters that a word has at least to be mended by another letter, or by one that is missing. */
const leastLetters = { moved: 3, missing: 5, beside: 4 } as const;

const known = knownWords();

/**
 * Mends slips of the finger in the words of a wish: two letters that changed places ("rnu"), one struck twice ("runn"),
 * left out ("agan") or struck beside its key ("ahow"). Other words stay as they are, so that "ran" or "shared", which are
 * words of their own, do not become a wish.
 * @param words lower case
 */
export function mendWords(words: readonly string[]): string[] {
  return words.map((word) => {
    const once = word.replace(/(.)\1{2,}/gu, '$1');
    return known.has(once) ? once : ([...known].find((right) => isSlip(once, right)) ?? once);
  });
}

function isSlip(word: string, right: string): boolean {
  if (Math.abs(word.length - right.length) > 1 || word.length < leastLetters.moved) return false;
  const at = firstDifference(word, right);
  if (word.length === right.length) return isMoved(word, right, at) || isBeside(word, right, at);
  if (word.length > right.length) return word.slice(at + 1) === right.slice(at) && word[at] === word[at - 1];
  const missing = word.slice(at) === right.slice(at + 1) && at > 0 && at < right.length - 1;
  return right.length >= leastLetters.missing && missing;
}

function isMoved(word: string, right: string, at: number): boolean {
  return (
    right.length >= leastLetters.moved &&
    word[at] === right[at + 1] &&
    word[at + 1] === right[at] &&
    word.slice(at + 2) === right.slice(at + 2)
  );
}

function isBeside(word: string, right: string, at: number): boolean {
  if (right.length < leastLetters.beside || word.slice(at + 1) !== right.slice(at + 1)) return false;
  return rows.some((row, index) => {
    const place = row.indexOf(right[at] ?? ' ');
    if (place < 0) return false;
    const near = [row, rows[index - 1] ?? '', rows[index + 1] ?? ''].map((each) =>
      each.slice(Math.max(0, place - 1), place + 2),
    );
    return near.join('').includes(word[at] ?? ' ');
  });
}

function firstDifference(word: string, right: string): number {
  let at = 0;
  while (at < word.length && word[at] === right[at]) at += 1;
  return at;
}

/** All words of the grammar. */
function knownWords(): ReadonlySet<string> {
  const forms = [...Object.values(wishPhrases).flat(), ...before, ...behind];
  return new Set(forms.join(' ').match(/[a-z]{2,}/g) ?? []);
}
