import { join } from 'node:path';
import { loadBook } from '../src/knowledge/load-book.ts';
import { createSearch } from '../src/matching/search.ts';
import { readExamples } from './evaluation/examples.ts';
import { type Example, fitLogistic } from './evaluation/logistic-fit.ts';
import { readQuestionFile } from './evaluation/question-file.ts';

// Fits the matcher's confidence on labelled questions and prints the coefficients for src/matching/decision-model.ts.
const wrongUsage = 2;
const root = join(import.meta.dirname, '..');
const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: npm run calibrate -- FILE...');
  process.exitCode = wrongUsage;
} else {
  const book = await loadBook([join(root, 'knowledge')], root);
  const questions = (await Promise.all(files.map(readQuestionFile))).flat();
  const examples = readExamples(questions, createSearch(book.entries.values()).find);
  const labels: Readonly<Record<string, (example: Example) => boolean>> = {
    firstIsRight: (example) => example.firstIsRight,
    isInBook: (example) => example.isInBook,
  };
  for (const [name, label] of Object.entries(labels)) console.log(name, fitLogistic(examples, label));
}
