/** How wide letters of Inter are, in parts of the size, a little more than they need, so that nothing drawn by it overflows. */
const widths: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijl.,:;'|!`]/, 0.3],
  [/[ ftr()[\]/\\"-]/, 0.42],
  [/[mwMW@%]/, 0.95],
  [/[A-Z0-9#&=+<>~_$?]/, 0.68],
];
/** Every other small letter, and whatever is not Latin. */
const smallLetter = 0.595;
const otherScript = 1.05;
/** JetBrains Mono: every letter is as wide as any other. */
const monospace = 0.6;
/** Inter's semi-bold beside its regular. */
const boldFactor = 1.06;

/** How a text is set. */
export interface Lettering {
  /** In pixels. */
  readonly size: number;
  readonly bold?: boolean;
  readonly mono?: boolean;
}

/** Estimates how wide a text is at most, in pixels. */
export function textWidth(text: string, lettering: Lettering): number {
  let sum = 0;
  for (const letter of text) sum += letterWidth(letter, lettering);
  return sum;
}

function letterWidth(letter: string, { size, bold = false, mono = false }: Lettering): number {
  return widthOf(letter, mono) * size * (bold ? boldFactor : 1);
}

function widthOf(letter: string, mono: boolean): number {
  if (/[^\u0020-\u024f\u2010-\u203a\u2190-\u2193\u2212]/u.test(letter)) return otherScript;
  if (mono) return monospace;
  return widths.find(([letters]) => letters.test(letter))?.[1] ?? smallLetter;
}

/** Cuts a text that is wider than so many pixels, and ends it with `…`. */
export function fitText(text: string, width: number, lettering: Lettering): string {
  const room = width - letterWidth('…', lettering);
  let sum = 0;
  let kept = '';
  for (const letter of text) {
    sum += letterWidth(letter, lettering);
    if (sum > width) return `${kept.trimEnd()}…`;
    if (sum <= room) kept += letter;
  }
  return text;
}

/** Breaks a text between words into lines that are at most so many pixels wide; a longer word is cut. */
export function wrapText(text: string, width: number, lettering: Lettering): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, lettering) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => fitText(each, width, lettering));
}
