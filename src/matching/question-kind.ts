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

/**
 * Reads the kinds of a question, several where it has several cues.
 * @param text clean lower-case text
 * @returns terms such as `?why`
 */
export function questionKinds(text: string): string[] {
  return cues.filter(([, cue]) => cue.test(text)).map(([kind]) => `?${kind}`);
}
