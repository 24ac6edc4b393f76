import { join } from 'node:path';
import { loadBook } from '../src/knowledge/load-book.ts';
import { createSearch } from '../src/matching/search.ts';
import { readExamples } from './evaluation/examples.ts';
import { type Example, fitLogistic } from './evaluation/logistic-fit.ts';
import { readQuestionFile } from './evaluation/question-file.ts';

// Fits the matcher's confidence on labelled questions and prints the coefficients for src/matching/decision-model.ts:
// `npm run calibrate -- FILE[=FOLDER]...`. A book is too sure of questions that it has learned from, so FOLDER says where
// its entries are as they were before: `git worktree add FOLDER COMMIT`.
const wrongUsage = 2;
const root = join(import.meta.dirname, '..');

async function examplesOf(argument: string): Promise<Example[]> {
  const [file = '', folder = root] = argument.split('=');
  const book = await loadBook([join(folder, 'knowledge')], folder);
  return readExamples(await readQuestionFile(file), createSearch([...book.entries.values()]).find);
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: npm run calibrate -- FILE[=FOLDER]...');
  process.exitCode = wrongUsage;
} else {
  const examples = (await Promise.all(files.map(examplesOf))).flat();
  const labels: Readonly<Record<string, (example: Example) => boolean>> = {
    firstIsRight: (example) => example.firstIsRight,
    isInBook: (example) => example.isInBook,
  };
  for (const [name, label] of Object.entries(labels)) console.log(name, fitLogistic(examples, label));
}
