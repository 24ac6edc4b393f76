import { type Entry, mostAsks } from '../../src/knowledge/entry.ts';
import { seededRandom } from '../../test/seeded-random.ts';

/** The most phrasings of an entry: a book that grows has more entries, not as many phrasings an entry as this one. */
const mostPhrasings = 36;

/**
 * Makes up a book of any size from the words of a real one: common words stay common and rare ones rare, and each
 * entry also gets words of its own, as entries on further subjects would.
 * @param real the entries whose words are used
 * @param size how many entries to make; the same size gives the same book
 */
export function* generateBook(real: readonly Entry[], size: number): Generator<Entry> {
  const random = seededRandom(size);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const words = real.flatMap(
    (entry) =>
      [...entry.phrasings, entry.body]
        .join(' ')
        .toLowerCase()
        .match(/[a-z]{3,}/g) ?? [],
  );
  const sentence = (length: number, own: string): string =>
    Array.from({ length }, () => (random() < 0.1 ? own : (pick(words) ?? own))).join(' ');
  for (let number = 0; number < size; number++) {
    const model = real[number % real.length];
    if (!model) return;
    const own = `subject${number}`;
    const phrasings = model.phrasings.slice(0, mostPhrasings).map((each) => sentence(each.split(' ').length, own));
    yield {
      ...model,
      id: `generated-${number}`,
      title: sentence(7, own),
      asks: phrasings.slice(0, mostAsks),
      phrasings,
      body: sentence(Math.ceil(model.body.length / 8), own),
      checked: null,
      signpost: false,
    };
  }
}
