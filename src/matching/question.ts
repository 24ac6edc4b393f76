import { cleanQuestion } from './cleaning.ts';
import { questionKinds } from './question-kind.ts';
import { contentWords, type Term, toTerms } from './terms.ts';

const mostWords = 60;
const kindWeight = 0.5;

/** A question as terms, each once; the same for what people ask and for an entry's own phrasings. */
export function questionTerms(question: string, mend: (word: string) => string = (word) => word): Term[] {
  const text = cleanQuestion(question);
  const words = contentWords(text, mostWords).map(mend);
  const terms = new Map(toTerms(words, true).map((term) => [term.text, term]));
  const kinds = questionKinds(text).map((kind) => ({ text: kind, weight: kindWeight }));
  return [...terms.values(), ...kinds];
}
