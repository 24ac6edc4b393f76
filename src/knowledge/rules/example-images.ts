import type { Report } from '../fault.ts';
import { inlineCodes, type Passage } from './passages.ts';
import type { EndOfLife, ImageRules } from './read-rules.ts';

interface Reference {
  readonly image: string;
  /** Empty where none is given. */
  readonly tag: string;
  readonly line: number;
}

/** What is known of one version of an example image. */
export interface ImageState {
  readonly image: string;
  readonly cycle: string;
  /** Last day of support; null where none is known yet; undefined where the publisher gives no dates for versions. */
  readonly ends: string | null | undefined;
  readonly ended: boolean;
  /** The version to take instead of one that has ended; null if all in the table have. */
  readonly instead: string | null;
}

/** Checks that examples name images of the list only, in versions that the list allows; own names are free. */
export function checkExampleImages(passages: readonly Passage[], rules: ImageRules, report: Report): void {
  const known = taggedImages(rules);
  const stages = new Set<string>();
  for (const { image, tag, line } of passages.flatMap((passage) => referencesIn(passage, rules.own, known, stages))) {
    const listed = rules.images.find((each) => each.image === image);
    // Without a version there is none that could end.
    if (!/\d/.test(tag)) continue;
    if (!listed) {
      report(
        line,
        `"${image}" is no example image`,
        'Use one of knowledge/rules/example-images.yaml, or a name such as my-app',
      );
    } else if (!listed.cycles.some((cycle) => tag === cycle || tag.startsWith(`${cycle}-`))) {
      report(
        line,
        `${image}:${tag} is not among the versions for examples`,
        `Use ${listed.cycles.map((cycle) => `${image}:${cycle}`).join(' or ')}; see knowledge/rules/example-images.yaml`,
      );
    }
  }
}

/**
 * Compares the list of example images with the dates on which versions end.
 * @param today `YYYY-MM-DD`
 */
export function imageStates({ images }: ImageRules, { products }: EndOfLife, today: string): ImageState[] {
  return images.flatMap(({ image, product, cycles }) => {
    const ends = product === undefined ? {} : (products[product]?.ends ?? {});
    const supported = Object.keys(ends).filter((cycle) => !isOver(ends[cycle], today));
    const newest = supported.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))[0] ?? null;
    return cycles.map((cycle) => ({
      image,
      cycle,
      ends: ends[cycle],
      ended: isOver(ends[cycle], today),
      instead: newest,
    }));
  });
}

function isOver(end: string | null | undefined, today: string): boolean {
  return typeof end === 'string' && end < today;
}

/** Finds images: behind FROM and `image:` any, elsewhere in code those of the list. */
function referencesIn(
  { kind, text, language, line }: Passage,
  own: ImageRules['own'],
  known: RegExp,
  stages: Set<string>,
): Reference[] {
  const codes = kind === 'code' ? text.split('\n') : inlineCodes(text);
  return codes.flatMap((code, index) => {
    const at = kind === 'code' ? line + index : line;
    const from = /^\s*FROM (?:--\S+ )*(\S+)(?: AS (\S+))?/i.exec(
      language === 'dockerfile' || kind !== 'code' ? code : '',
    );
    const named = from?.[1] ?? /^\s*(?:- )?image: *["']?([^\s"']+)/.exec(code)?.[1];
    if (named === undefined)
      return [...code.matchAll(known)].map(([, image = '', tag = '']) => ({ image, tag, line: at }));
    const isStage = stages.has(named);
    if (from?.[2] !== undefined) stages.add(from[2]);
    const { image, tag } = split(named);
    return isStage || image.includes('$') || own.some((name) => name.test(image)) ? [] : [{ image, tag, line: at }];
  });
}

/** An expression that finds the images of the list where they have a tag. */
function taggedImages({ images }: ImageRules): RegExp {
  const names = images.map(({ image }) => image.replaceAll('.', '\\.'));
  return new RegExp(`(?<![\\w./:-])(${names.join('|')}):(\\w[\\w.-]*)`, 'g');
}

function split(reference: string): { readonly image: string; readonly tag: string } {
  const [image = '', tag = ''] = reference.replace(/@.*$/, '').split(/:(?=[^/]*$)/);
  return { image, tag };
}
