import { inlineCodes, sentencesOf } from './passages.ts';

/** A command that must not be typed, or of which something is denied, says so before it. */
const denied = /\b(never|not|no|don't|cannot|without|instead of|nor|neither)\b[^.;:]*$/i;
/** One that was typed at some other time is told of: "removed by `…`", "stays until `…`". */
const told = /\b(until|after (each|every)|(was|were|been|is|are) (removed|deleted|lost|gone)\b[^.;:]*\bby)\s*[`(]*$/i;
/** A description says something else of it than that it should be typed. */
const described =
  /^[`)]*,?\s*(and `[^`]+` )?(keeps?|complains|fails|refuses|needs|leaves?|spares?|does not|do not|cannot|only|again|never|shows?|asks?|says?|answers?|stays|is not|gives|does)\b/i;

/**
 * Finds the commands in inline code of a sentence that a reader may take as something to type; those that the sentence
 * warns of, tells of or describes are left out.
 */
export function typedCodes(sentence: string): string[] {
  return inlineCodes(sentence).filter((code) => {
    const at = sentence.indexOf(code);
    const [before, after] = [sentence.slice(0, at), sentence.slice(at + code.length)];
    return !denied.test(before) && !told.test(before) && !described.test(after);
  });
}

/** Finds them in all sentences of a text. */
export function typedCodesIn(text: string): string[] {
  return sentencesOf(text).flatMap(typedCodes);
}
