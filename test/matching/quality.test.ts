import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measureQuality, type Quality } from '../../scripts/evaluation/quality.ts';
import { readQuestionFile } from '../../scripts/evaluation/question-file.ts';
import { projectFolder } from '../../src/assemble.ts';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';

const questions = join(projectFolder, 'test/matching/questions.jsonl');
const snapshot = join(projectFolder, 'test/matching/quality.json');
const remedy =
  'Matching got worse than the committed snapshot. Mend it, or if the change is worth it: npm run evaluate -- test/matching/questions.jsonl --update';

test('matching is no worse on our own questions than it was', async () => {
  const { entries } = await loadBook([join(projectFolder, 'knowledge')], projectFolder);
  const matcher = createMatcher(entries.values());
  const { quality } = measureQuality(
    await readQuestionFile(questions),
    matcher,
    (id) => entries.get(id)?.topic ?? null,
  );
  const before: Quality = JSON.parse(await readFile(snapshot, 'utf8'));
  expect(quality.in.right, remedy).toBeGreaterThanOrEqual(before.in.right);
  expect(quality.in.right + quality.in.amongChoices, remedy).toBeGreaterThanOrEqual(
    before.in.right + before.in.amongChoices,
  );
  expect(quality.in.wrong, remedy).toBeLessThanOrEqual(before.in.wrong);
  expect(quality.slack.right + quality.slack.amongChoices, remedy).toBeGreaterThanOrEqual(
    before.slack.right + before.slack.amongChoices,
  );
  expect(quality.near.answered, remedy).toBeLessThanOrEqual(before.near.answered);
  expect(quality.out.answered, remedy).toBeLessThanOrEqual(before.out.answered);
});
