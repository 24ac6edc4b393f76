import type { Entry } from '../knowledge/entry.ts';
import { cleanQuestion } from './cleaning.ts';
import { contentWords, toTerms } from './terms.ts';
import { splitWords } from './words.ts';

/** A question, or an entry's phrasing of one, cleaned and split: that is done once, whatever is then read from it. */
export interface Question {
  /** Clean lower-case text. */
  readonly text: string;
  /** Its words, the first 400. */
  readonly words: readonly string[];
}

/** How many words of a question are read as terms. */
const mostWords = 60;

/** What a question wants, read from how it is put. */
const cues: readonly (readonly [string, RegExp])[] = [
  [
    'difference',
    /\b(?:differs?|differences?|different (?:from|than|to)|vs\.?|versus|compar\w+|distinguish|distinction|apart|rather than|instead of| or )\b/,
  ],
  ['why', /\b(?:why|how come|reason)\b/],
  ['where', /\b(?:where|wheres|locat\w+|which (?:folder|directory|path))\b/],
  ['what', /\b(?:what(?:'?s| is| are| even is)|meaning|mean|means|define|definition|explain|eli5|concept|describe)\b/],
  ['how', /\b(?:how (?:do|to|can|could|should|would|may|does|did|u|2)|is there a way|any way|can i|can you)\b/],
  ['wise', /\b(?:should|wise|recommended|ok to|okay to|safe to|good idea|bad idea|best practice|worth)\b/],
  ['list', /\b(?:list|show|display|print|view|which)\b/],
];

/** Cleans and splits a question as it was written. */
export function readQuestion(raw: string): Question {
  const text = cleanQuestion(raw);
  return { text, words: splitWords(text) };
}

/**
 * Reads the ways to ask for an entry, to learn from them.
 * @returns its title and then its phrasings, each as clean text
 */
export function readAsked({ title, phrasings }: Pick<Entry, 'title' | 'phrasings'>): string[] {
  return [title, ...phrasings].map(cleanQuestion);
}

/**
 * Reads a question as terms, each once: its words, their groups, pairs of neighbours, and the kinds of the question,
 * several where it has several cues, such as `?why`.
 * @param mend corrects the spelling of a content word
 */
export function questionTerms({ text, words }: Question, mend = (word: string) => word): string[] {
  const content = contentWords(words.slice(0, mostWords)).map(mend);
  return [...new Set([...toTerms(content, true), ...kindsOf(text)])];
}

/** The kinds of question that a clean text is, by how it is put. */
export function kindsOf(text: string): string[] {
  return cues.filter(([, cue]) => cue.test(text)).map(([kind]) => `?${kind}`);
}
