import type { HiddenBytes, ImageFiles } from './files/image-files.ts';
import type { HiddenReason } from './hidden-reason.ts';
import type { LayerAdvice } from './layer-report.ts';
import { plainPath } from './plain-path.ts';

/** Hidden bytes from which they are worth a word: so many, or this part of all. */
const worthAWord = { bytes: 1_000_000, part: 0.05 } as const;

/** Remarks about hidden bytes at most. */
const most = 5;

/** What each reason is called, and which entry and demo show it. */
const reasons: Readonly<Record<HiddenReason, { readonly entry: string; readonly demo: string; readonly did: string }>> =
  {
    deleted: { entry: 'deleted-files-still-take-space', demo: 'whiteouts', did: 'deleted' },
    'directory-removed': {
      entry: 'deleted-files-still-take-space',
      demo: 'whiteouts',
      did: 'deleted with a directory',
    },
    replaced: { entry: 'clean-up-in-the-same-layer', demo: 'combined-run', did: 'replaced' },
    rewritten: {
      entry: 'copy-owner-and-mode',
      demo: 'chown-copies-layer',
      did: 'written once more, as chmod and chown do',
    },
  };

/** Advice that only a guess from instructions gives, and measured bytes give better. */
const guessed = new Set(['whiteouts', 'chown-copies-layer']);

/**
 * Advice from the files of an image: hidden bytes by who wrote and who hid them, and names that look like secrets.
 * @param before what the history alone led to
 */
export function fileAdvice(
  before: readonly LayerAdvice[],
  hidden: HiddenBytes | null,
  secrets: ImageFiles['secrets'],
): readonly LayerAdvice[] {
  const kept = before.filter(({ demo }) => demo === null || !guessed.has(demo));
  return [...kept, ...(secrets.length === 0 ? [] : [secretAdvice(secrets)]), ...hiddenAdvice(hidden)];
}

function hiddenAdvice(hidden: HiddenBytes | null): LayerAdvice[] {
  if (hidden === null) return [];
  const sums = new Map<string, { bytes: number; files: number; writer: number; hider: number; reason: HiddenReason }>();
  for (const { bytes, files, writer, hider, reason } of hidden.pieces) {
    const key = `${writer} ${hider} ${reason}`;
    const sum = sums.get(key) ?? { bytes: 0, files: 0, writer, hider, reason };
    sums.set(key, { ...sum, bytes: sum.bytes + bytes, files: sum.files + files });
  }
  return [...sums.values()]
    .filter(({ bytes }) => bytes >= Math.min(worthAWord.bytes, hidden.stored * worthAWord.part))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, most)
    .map(({ bytes, files, writer, hider, reason }) => {
      const { entry, demo, did } = reasons[reason];
      const [what, is] = files === 1 ? ['A file', 'is'] : [`${files} files`, 'are'];
      return { entry, demo, text: `${what} of layer ${writer}, ${did} by layer ${hider}, ${is} still stored`, bytes };
    });
}

function secretAdvice(secrets: ImageFiles['secrets']): LayerAdvice {
  const [first] = secrets;
  const path = plainPath(first?.path ?? '');
  const more = secrets.length === 1 ? '' : `, and ${secrets.length - 1} more`;
  const hidden = first?.hidden === true ? ', deleted later and still stored' : '';
  return {
    entry: 'secrets-in-images',
    demo: 'secret-in-layer',
    text: `Layer ${first?.layer} has ${path}${hidden}${more}: by the name a secret, for whoever has the image`,
    bytes: null,
  };
}
