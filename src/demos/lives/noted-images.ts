import type { Image, Sandbox } from '../../sandbox/sandbox.ts';
import type { Ledger } from './ledger.ts';

/** The calls of a sandbox that make and remove images. */
type ImageCalls = Pick<
  Sandbox,
  'makeImage' | 'build' | 'tryBuild' | 'tag' | 'removeImage' | 'tryRemoveImage' | 'saveRemoveLoad'
>;

/** Puts a record around the calls that make and remove images. */
export function noteImages(ledger: Ledger, sandbox: Sandbox): ImageCalls {
  const tags = new Set<string>();
  const kindOf = ({ name }: Image) => (tags.has(name) ? 'tag' : 'image');
  const noted = async <Made extends Image>(making: Promise<Made>): Promise<Made> => {
    const made = await making;
    ledger.note('image', made.name, 'made');
    return made;
  };
  return {
    makeImage: (spec) => noted(sandbox.makeImage(spec)),
    build: (spec) => noted(sandbox.build(spec)),
    async tryBuild(spec) {
      const ended = await sandbox.tryBuild(spec);
      if (!('refusal' in ended)) ledger.note('image', ended.name, 'made');
      return ended;
    },
    async tag(image, name) {
      const tagged = await sandbox.tag(image, name);
      tags.add(tagged.name);
      ledger.note('tag', tagged.name, 'made');
      return tagged;
    },
    async removeImage(image, options) {
      await sandbox.removeImage(image, options);
      ledger.note(kindOf(image), image.name, 'removed');
    },
    async tryRemoveImage(image) {
      const refusal = await sandbox.tryRemoveImage(image);
      if (refusal === null) ledger.note(kindOf(image), image.name, 'removed');
      return refusal;
    },
    async saveRemoveLoad(image) {
      const ended = await sandbox.saveRemoveLoad(image);
      ledger.note(kindOf(image), image.name, 'removed', 'made');
      return ended;
    },
  };
}
