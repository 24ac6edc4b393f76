/** What somebody wants to see of images. */
export interface LookWish {
  readonly image: string;
  /** The one to compare it with; null for none. */
  readonly other: string | null;
  /** Whether its files are to be read too. */
  readonly files: boolean;
}

/** What stands behind "layers of" in a question for the book, and is no image's name. */
const words = new Set(
  `a all an any app application base build builds cache caching container containers docker dockerfile everything file files
  filesystem image images isolation it its layer layers linux mine my network networking one our ours overlay overlay2 security
  storage that the them these this those what which your`.split(/\s+/),
);

const name = '[`\'"]?([A-Za-z0-9\\[][\\w.:/@\\[\\]-]{0,300})[`\'"]?';
const asked = new RegExp(
  `^(?:(?:please |can you |could you )?(?:show|list|give|tell|compare)(?: me| us)? )?(?:the )?layers (?:of|in|for) (?:the )?(?:image )?${name}(?: (?:and|with|to|vs\\.?|against) (?:the )?(?:image )?${name})?(?: please)?[?!. ]*$`,
  'i',
);

/**
 * Reads a message such as "layers of debian:12" or "compare the layers of a:1 and a:2".
 * @param text as `readText` reads it
 * @returns null for anything else, which is a question for the book
 */
export function readLookWish(text: string): LookWish | null {
  const found = text.length > 800 ? null : asked.exec(text);
  const image = withoutStop(found?.[1]);
  const other = withoutStop(found?.[2]);
  if (image === null || words.has(image.toLowerCase()) || (other !== null && words.has(other.toLowerCase())))
    return null;
  return { image, other, files: false };
}

/** Reads the words behind `layers` in a command: one image, with `files` behind it or not, or two. @returns null for anything else */
export function readLookWords(text: string): LookWish | null {
  const [image, second = null, ...more] = text.split(' ').filter((word) => word !== '');
  if (image === undefined || words.has(image.toLowerCase()) || more.length > 0) return null;
  const files = second?.toLowerCase() === 'files';
  return { image, other: files ? null : second, files };
}

/** A sentence's end is no part of a name. */
function withoutStop(text: string | undefined): string | null {
  return text === undefined ? null : text.replace(/[.:]+$/, '');
}
