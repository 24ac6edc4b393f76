/**
 * Writes a path that somebody else chose so that it does nothing to a terminal or a message: control, invisible and direction-changing
 * characters as their numbers, such as `\u{1b}`.
 */
export function plainPath(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`);
}
