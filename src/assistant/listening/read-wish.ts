import { cleanQuestion } from '../../matching/question.ts';
import type { Pick, Wish } from '../wish.ts';
import { mendWords } from './mend-words.ts';
import { before, behind, wishPhrases } from './wish-phrases.ts';

/** Words of a message beyond which it is no wish, whatever it says. */
const mostWords = 14;

/** Characters beyond which nothing is read. */
const longestWish = 400;
const channels = /<#[^<>]*>/g;

type Name = keyof typeof wishPhrases;

const edges = { before: `(?:(?:${before.join('|')}) )*`, behind: `(?: (?:${behind.join('|')}))*` };
const grammar = Object.entries(wishPhrases).flatMap(([name, phrases]) =>
  isName(name) ? [{ name, form: new RegExp(`^${edges.before}(?:${phrases.join('|')})${edges.behind}$`, 'u') }] : [],
);
const named = new RegExp(
  `^${edges.before}(run|start|execute|launch|play|show me|show|demo|try|predict)(?: the)?(?: demo)? (.+?)(?: demo)?${edges.behind}$`,
  'u',
);
const places: Readonly<Record<string, Pick>> = {
  ...{ first: 1, second: 2, third: 3, fourth: 4, fifth: 5, former: 1, latter: 2 },
  ...{ '1st': 1, '2nd': 2, '3rd': 3, '4th': 4, '5th': 5, '1': 1, '2': 2, '3': 3, '4': 4, '5': 5 },
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, eins: 1, zwei: 2, drei: 3 },
  ...{ erste: 1, zweite: 2, dritte: 3, last: 'last', letzte: 'last', other: 'other', andere: 'other' },
};

/**
 * Reads whether a message asks for something to be done, such as "run it" or "can you show me, please?". The whole
 * message has to say so: what says anything more is a question or a remark. Slips of the finger are mended.
 * @param raw as it was written, in Slack's markup or plain
 * @param demos the ids of demos, which may be named
 * @returns null for a question or a remark
 */
export function readWish(raw: string, demos: readonly string[] = []): Wish | null {
  const words = splitWords(raw);
  if (words.length === 0 || words.length > mostWords) return null;
  const said = words.join(' ');
  return match(said) ?? readNamed(said, demos) ?? match(mendWords(words).join(' '));
}

/** Umlauts count as their letters, apostrophes not at all; a sign before a number makes it no choice, as in "+1". */
function splitWords(raw: string): string[] {
  const text = cleanQuestion(raw.slice(0, longestWish).replace(channels, ' channel '))
    .replaceAll("'", '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  return text.replace(/[+\-–]\d+/g, ' plus ').match(/[\p{L}\p{N}]+/gu) ?? [];
}

function match(said: string): Wish | null {
  for (const { name, form } of grammar) {
    const found = form.exec(said);
    if (found !== null)
      return toWish(
        name,
        found.slice(1).find((group) => group !== undefined),
      );
  }
  return null;
}

function toWish(name: Name, place: string | undefined): Wish {
  switch (name) {
    case 'run':
      return { type: 'run', demo: null, stepByStep: false };
    case 'steps':
      return { type: 'run', demo: null, stepByStep: true };
    case 'predict':
      return { type: 'predict', demo: null };
    case 'pick':
      return { type: 'pick', which: places[place ?? ''] ?? 'other' };
    default:
      return { type: name };
  }
}

function readNamed(said: string, demos: readonly string[]): Wish | null {
  const [, verb, name] = named.exec(said) ?? [];
  const demo = name?.replaceAll(' ', '-');
  if (demo === undefined || !demos.includes(demo)) return null;
  return verb === 'predict' ? { type: 'predict', demo } : { type: 'run', demo, stepByStep: false };
}

function isName(name: string): name is Name {
  return Object.hasOwn(wishPhrases, name);
}
