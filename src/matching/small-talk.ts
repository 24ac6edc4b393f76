import type { SmallTalk } from './match.ts';

const filler = new Set(
  'so very much a lot lots you u all everyone guys team folks bot there again man mate friend the for that it this me pls please can i need ever dockproof how are doing day is your going today whats up good'.split(
    ' ',
  ),
);
const cues: readonly (readonly [SmallTalk, ReadonlySet<string>])[] = [
  ['help', new Set(['help', 'halp', 'commands', 'usage'])],
  [
    'thanks',
    new Set([
      'thanks',
      'thank',
      'thx',
      'thanx',
      'ty',
      'tysm',
      'tyvm',
      'tnx',
      'cheers',
      'ta',
      'merci',
      'danke',
      'appreciated',
      'kudos',
    ]),
  ],
  [
    'greeting',
    new Set([
      'hi',
      'hello',
      'hey',
      'hiya',
      'yo',
      'howdy',
      'morning',
      'afternoon',
      'evening',
      'greetings',
      'hallo',
      'heya',
      'gm',
    ]),
  ],
];
const longestSmallTalk = 8;

/**
 * Recognises a message that is nothing but a greeting, thanks or a call for help.
 * @param text clean lower-case text
 * @returns null if there is more to it
 */
export function readSmallTalk(text: string): SmallTalk | null {
  const words = text.replaceAll("'", '').match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0 || words.length > longestSmallTalk) return null;
  const known = (word: string): boolean => filler.has(word) || cues.some(([, set]) => set.has(word));
  if (!words.every(known)) return null;
  return cues.find(([, set]) => words.some((word) => set.has(word)))?.[0] ?? null;
}
