import type { Entry } from '../knowledge/entry.ts';
import { contentWords, toTerms } from './terms.ts';

/** A question, or an entry's phrasing of one, cleaned and split: that is done once, whatever is then read from it. */
export interface Question {
  /** Clean lower-case text. */
  readonly text: string;
  /** Its words, the first 400. */
  readonly words: readonly string[];
}

/** How many words of a question are read as terms. */
const mostTermWords = 60;

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
  const content = contentWords(words.slice(0, mostTermWords)).map(mend);
  return [...new Set([...toTerms(content, true), ...kindsOf(text)])];
}

/** The kinds of question that a clean text is, by how it is put. */
export function kindsOf(text: string): string[] {
  return cues.filter(([, cue]) => cue.test(text)).map(([kind]) => `?${kind}`);
}

/** How much of a question is read: enough for any question, little enough to stay fast on a pasted log. */
const longestQuestion = 2000;

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * Takes from a question what is not the question: Slack's markup, mentions, emoji codes, the underscores of italics
 * (around words, not within them), control and invisible characters. Links keep their label. Written for Slack's message format
 * (https://docs.slack.dev/messaging/formatting-message-text), harmless elsewhere.
 * @returns lower-case text of at most 2,000 characters, spaces single; never throws
 */
export function cleanQuestion(raw: string): string {
  return raw
    .slice(0, 2 * longestQuestion)
    .toWellFormed()
    .normalize('NFKC')
    .slice(0, 2 * longestQuestion)
    .replace(/<(?:@|!)[^<>]*>/g, ' ')
    .replace(/<(?:#[^<>|]*|[a-z]+:[^<>|\s]*)(?:\|([^<>]*))?>/gi, (_, label: string | undefined) => ` ${label ?? ''} `)
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? ' ')
    .replace(/(?<!\S)@[\w.-]+/g, ' ')
    .replace(/(?<!\S):[a-z0-9_+-]+:(?!\S)/g, ' ')
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, ' ')
    .replace(/[‘’´]/g, "'")
    .replace(/[‐-―−]/g, '-')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .slice(0, longestQuestion);
}

/** How many words of a text are read. */
const mostWords = 400;

const commonFolders = new Set(['var', 'lib', 'usr', 'etc', 'opt', 'home', 'mnt', 'bin', 'local', 'root']);
const dockerHome = '/var/lib/docker';

/**
 * Splits clean lower-case text into words, keeping what Docker's users write as one: `/var/lib/docker` stays whole,
 * `--mount=type=secret` gives mount, type and secret, `.dockerignore` loses its dot, `don't` becomes dont.
 * @returns the first 400
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const chunk of text.split(/[\s"`()[\]{}<>,;!?*“”«»…|]+/)) {
    for (const word of wordsOf(chunk)) {
      if (words.length === mostWords) return words;
      words.push(word);
    }
  }
  return words;
}

function wordsOf(chunk: string): string[] {
  const plain = chunk.replaceAll("'", '');
  if (/^-[a-z]$/.test(plain)) return [plain];
  if (plain === '&&' || plain === '&') return [plain];
  const parts = plain.split(/[^\p{L}\p{N}_]+/u).filter((part) => part !== '');
  if (!plain.includes('/')) return parts;
  const rest = parts.filter((part) => !commonFolders.has(part));
  return plain.includes(dockerHome) ? ['varlibdocker', ...rest.filter((part) => part !== 'docker')] : rest;
}
