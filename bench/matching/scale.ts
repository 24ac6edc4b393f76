import { readQuestionFile } from '../../scripts/evaluation/question-file.ts';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { median, quantile, timed } from '../statistics.ts';
import { generateBook } from './generated-book.ts';

const sizes = [1_000, 10_000, 100_000];
const megabyte = 2 ** 20;

/**
 * Times the matcher on the shipped book and on generated ones of 1,000 to 100,000 entries: making the index, the
 * memory it keeps, and one question. Run with `--expose-gc`, so that memory is what is kept and not what is left over.
 */
export async function matchingScaleBench(): Promise<void> {
  const book = await loadBook(['knowledge']);
  const real = [...book.entries.values()];
  const questions = (await readQuestionFile('test/matching/questions.jsonl')).map(({ question }) => question);
  console.log('entries    index ms  ms an entry  memory MB  question: median ms      p95      max');
  for (const size of [real.length, ...sizes]) {
    const entries = size === real.length ? real : [...generateBook(real, size)];
    globalThis.gc?.();
    const before = process.memoryUsage();
    let matcher = createMatcher([]);
    const indexing = await timed(() => {
      matcher = createMatcher(entries);
    });
    globalThis.gc?.();
    const after = process.memoryUsage();
    const kept = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    for (const question of questions.slice(0, 50)) matcher.match(question);
    const times: number[] = [];
    for (const question of questions) times.push(await timed(() => matcher.match(question)));
    const cells = [
      size.toLocaleString('en').padEnd(9),
      indexing.toFixed(0).padStart(9),
      (indexing / size).toFixed(3).padStart(12),
      (kept / megabyte).toFixed(1).padStart(10),
      median(times).toFixed(3).padStart(20),
      quantile(times, 0.95).toFixed(3).padStart(8),
      quantile(times, 1).toFixed(3).padStart(8),
    ];
    console.log(cells.join(' '));
  }
  console.log(
    'Bars: median under 1 ms with the shipped book, under 10 ms with 100,000 entries, growth at most linear.',
  );
}
