import fc from 'fast-check';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { hostileText } from '../../test/matching/hostile-text.ts';
import { median, quantile, timed } from '../statistics.ts';

const texts = 10_000;

/** Times the matcher on 10,000 generated hostile texts, and prints the slowest. */
export async function matchingHostileBench(): Promise<void> {
  const book = await loadBook(['knowledge']);
  const matcher = createMatcher(book.entries.values());
  const times: number[] = [];
  for (const text of fc.sample(hostileText, { numRuns: texts, seed: 1 })) {
    times.push(await timed(() => matcher.match(text)));
  }
  console.log(
    `${texts} texts: median ${median(times).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms, slowest ${quantile(times, 1).toFixed(2)} ms (bar: 50 ms)`,
  );
}
