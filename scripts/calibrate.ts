import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBook } from '../src/knowledge/load-book.ts';
import { firstIsRight, isInBook } from '../src/matching/coefficients.ts';
import { calibrate } from './evaluation/calibration.ts';
import { readQuestionFile } from './evaluation/question-file.ts';

// Fits the coefficients of the decision to the book's phrasings and our own questions, and compares them with those in
// src/matching/coefficients.ts. Exits 1 where these are out of date; `--update` writes the new ones.
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } });
const { entries } = await loadBook([join(root, 'knowledge')], root);
const own = await readQuestionFile(join(root, 'test/matching/questions.jsonl'));
const { text, verdict, outOfDate } = calibrate([...entries.values()], own, { firstIsRight, isInBook });
console.log(text);
if (values.update) await writeFile(join(root, 'src/matching/coefficients.ts'), text);
else {
  console.error(verdict);
  process.exitCode = outOfDate ? 1 : 0;
}
