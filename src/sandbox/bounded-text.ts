import { limits } from './policy.ts';

/** How much raw output is kept before it is cleaned, which makes it shorter. */
export const keptRawBytes = limits.outputBytes * 4;

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
