/**
 * Reduces a question to its words, so that the same one in other case or punctuation is the same.
 * @returns words of letters and digits in lower case, single spaces between; empty if there are none
 */
export function plainQuestion(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
