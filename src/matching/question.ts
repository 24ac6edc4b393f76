import { cleanQuestion } from './cleaning.ts';
import { questionKinds } from './question-kind.ts';
import { contentWords, stem, toTerms } from './terms.ts';

const mostWords = 60;

/**
 * Reads a question, or an entry's phrasing of one, as terms, each once.
 * @param how `mend` corrects the spelling of a content word; `stemOf` is a stemmer that remembers
 */
export function questionTerms(
  question: string,
  { mend = (word: string) => word, stemOf = stem }: { mend?: (word: string) => string; stemOf?: typeof stem } = {},
): string[] {
  const text = cleanQuestion(question);
  const words = contentWords(text, mostWords).map(mend);
  return [...new Set([...toTerms(words, true, stemOf), ...questionKinds(text)])];
}
