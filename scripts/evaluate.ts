import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBook } from '../src/knowledge/load-book.ts';
import { createMatcher } from '../src/matching/create-matcher.ts';
import { measureQuality } from './evaluation/quality.ts';
import { formatMisses, formatQuality } from './evaluation/quality-table.ts';
import { readQuestionFile } from './evaluation/question-file.ts';

const usage = 'Usage: npm run evaluate -- FILE [--json] [--update]';
const wrongUsage = 2;
const root = join(import.meta.dirname, '..');
const snapshot = join(root, 'test/matching/quality.json');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, update: { type: 'boolean', default: false } },
});
const [file] = positionals;
if (file === undefined || positionals.length > 1) {
  console.error(usage);
  process.exitCode = wrongUsage;
} else {
  const book = await loadBook([join(root, 'knowledge')], root);
  const matcher = createMatcher(book.entries.values());
  const topicOf = (entry: string): string | null => book.entries.get(entry)?.topic ?? null;
  const { quality, misses } = measureQuality(await readQuestionFile(file), matcher, topicOf);
  if (values.update) await writeFile(snapshot, `${JSON.stringify(quality, null, 2)}\n`);
  if (values.json) console.log(JSON.stringify(quality));
  else console.log([...formatQuality(quality), '', `Misses: ${misses.length}`, ...formatMisses(misses)].join('\n'));
}
