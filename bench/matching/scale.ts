import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readQuestionFile } from '../../scripts/evaluation/question-file.ts';
import type { Entry } from '../../src/knowledge/entry.ts';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { learnAndKeep } from '../../src/matching/model/learn-book.ts';
import { learnedBook, openLearned } from '../../src/matching/model/learned-book.ts';
import { fileOf, type ModelFolder, readModel } from '../../src/matching/model/model-folder.ts';
import { median, quantile, timed } from '../statistics.ts';
import { generateBook } from './generated-book.ts';

const sizes = [1_000, 10_000, 100_000];
const megabyte = 2 ** 20;

/**
 * Times matching on the shipped book and on generated ones of 1,000 to 100,000 entries: learning it, opening it with its
 * model on disk, the memory that it then keeps, and one question. Run with `--expose-gc`, so that memory is what is kept
 * and not what is left over. `DOCKPROOF_BENCH_ENTRIES` asks for one size alone.
 */
export async function matchingScaleBench(): Promise<void> {
  const book = await loadBook(['knowledge']);
  const real = [...book.entries.values()];
  const questions = (await readQuestionFile('test/matching/questions.jsonl')).map(({ question }) => question);
  const wanted = Number(process.env.DOCKPROOF_BENCH_ENTRIES ?? 0);
  const path = await mkdtemp(join(tmpdir(), 'dockproof-bench-'));
  const models = { path, tell: console.log };
  console.log('entries   learning s  model MB  opening s  memory MB  question: median ms      p95      max');
  try {
    for (const size of wanted > 0 ? [wanted] : [real.length, ...sizes]) {
      const key = size.toString(16).padStart(64, '0');
      const entries = () => (size === real.length ? real : generateBook(real, size));
      const learning = await timed(() => learn(models, key, entries()));
      const { size: bytes } = await stat(fileOf(path, key));
      globalThis.gc?.();
      const before = process.memoryUsage();
      let matcher = createMatcher([]);
      const opening = await timed(() => {
        const kept = readModel(models, key, learnedBook);
        if (kept) ({ matcher } = openLearned(kept, key));
      });
      globalThis.gc?.();
      const after = process.memoryUsage();
      const kept = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
      for (const question of questions.slice(0, 50)) matcher.match(question);
      const times: number[] = [];
      for (const question of questions) times.push(await timed(() => matcher.match(question)));
      const cells = [
        size.toLocaleString('en').padEnd(9),
        (learning / 1000).toFixed(1).padStart(10),
        (bytes / megabyte).toFixed(0).padStart(9),
        (opening / 1000).toFixed(2).padStart(10),
        (kept / megabyte).toFixed(0).padStart(10),
        median(times).toFixed(3).padStart(20),
        quantile(times, 0.95).toFixed(3).padStart(8),
        quantile(times, 1).toFixed(3).padStart(8),
      ];
      console.log(cells.join(' '));
    }
  } finally {
    await rm(path, { recursive: true });
  }
  console.log(
    'Bars: median under 1 ms with the shipped book, under 10 ms with 100,000 entries, growth at most linear.',
  );
}

function learn(models: ModelFolder, key: string, entries: Iterable<Entry>): void {
  const outline = { chapters: {}, statements: {}, topics: {} };
  learnAndKeep(models, { entries: [...entries], faults: [], outline }, key, () => undefined);
}
