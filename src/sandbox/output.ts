import { stripVTControlCharacters } from 'node:util';
import { limits } from './policy.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Makes what a container printed safe to show: no escape sequences, control codes, invisible or direction-changing
 * characters, and no more than the policy's output limit.
 * @returns the text without trailing line ends; a last line says so where it was cut
 */
export function cleanOutput(raw: string): string {
  const text = stripVTControlCharacters(raw.replaceAll('\r\n', '\n')).replace(controls, '').trimEnd();
  if (text.length <= limits.outputBytes) return text;
  return `${text.slice(0, limits.outputBytes)}\n… (output cut at ${limits.outputBytes / 1024} KiB)`;
}
