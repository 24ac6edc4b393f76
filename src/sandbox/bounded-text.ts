import { limits } from './policy.ts';

/** How much raw output is kept before it is cleaned, which makes it shorter. */
export const keptRawBytes = limits.outputBytes * 4;

/** How much of the end of an output is kept beside its beginning. */
const keptTail = 256;

/** Text that grows up to a bound. */
export interface BoundedText {
  add(text: string): void;
  read(): string;
}

/** Collects what a container prints up to a bound, so that endless output cannot fill this program's memory. */
export function boundedText(): BoundedText {
  let kept = '';
  return {
    add(text) {
      if (kept.length < keptRawBytes) kept += text.slice(0, keptRawBytes - kept.length);
    },
    read: () => kept,
  };
}

/** The beginning of an output, up to a bound, and its very end. */
export interface BoundedOutput {
  add(text: string): void;
  head(): string;
  /** Its last characters, whether they are part of the beginning or not. */
  tail(): string;
  /** How many characters it has in all. */
  length(): number;
}

/** Collects the beginning and the end of what a container prints. */
export function boundedOutput(): BoundedOutput {
  const head = boundedText();
  let tail = '';
  let length = 0;
  return {
    add(text) {
      head.add(text);
      tail = (tail + text.slice(-keptTail)).slice(-keptTail);
      length += text.length;
    },
    head: head.read,
    tail: () => tail,
    length: () => length,
  };
}
