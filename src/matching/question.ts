import { cleanQuestion } from './cleaning.ts';
import { questionKinds } from './question-kind.ts';
import { contentWords, toTerms } from './terms.ts';

const mostWords = 60;

/**
 * Reads a question, or an entry's phrasing of one, as terms, each once.
 * @param mend corrects the spelling of a content word
 */
export function questionTerms(question: string, mend: (word: string) => string = (word) => word): string[] {
  const text = cleanQuestion(question);
  const words = contentWords(text, mostWords).map(mend);
  return [...new Set([...toTerms(words, true), ...questionKinds(text)])];
}
