import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBook } from '../src/knowledge/load-book.ts';
import { createMatcher } from '../src/matching/create-matcher.ts';
import { measureOwnQuality } from './evaluation/own-quality.ts';
import { measureQuality } from './evaluation/quality.ts';
import { formatMisses, formatQuality, type Measured } from './evaluation/quality-table.ts';
import { readQuestionFile } from './evaluation/question-file.ts';

// Measures matching on our own questions and the held-out phrasings, or on files of labelled questions. `--update` writes
// the snapshot that a test compares with, and the table in docs/matching.md.
const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
  },
});
const { entries } = await loadBook([join(root, 'knowledge')], root);

if (positionals.length === 0) {
  const { own, heldOut } = await measureOwnQuality(root, entries);
  show([own, heldOut]);
  if (values.update) await update({ own: own.quality, heldOut: heldOut.quality }, formatQuality([own, heldOut]));
} else {
  const matcher = createMatcher(entries.values());
  const sets = positionals.map(async (file) => ({
    name: basename(file),
    ...measureQuality(await readQuestionFile(file), matcher, entries),
  }));
  show(await Promise.all(sets));
}

function show(sets: readonly Measured[]): void {
  if (values.json) console.log(JSON.stringify(sets.map(({ name, quality }) => ({ name, quality }))));
  else console.log(formatQuality(sets));
  if (values.misses)
    for (const { name, misses } of sets)
      console.log(['', `Misses, ${name}: ${misses.length}`, ...formatMisses(misses)].join('\n'));
}

async function update(snapshot: object, table: string): Promise<void> {
  await writeFile(join(root, 'test/matching/quality.json'), `${JSON.stringify(snapshot, null, 2)}\n`);
  const page = join(root, 'docs/matching.md');
  const text = await readFile(page, 'utf8');
  await writeFile(page, text.replace(/^\| \| own questions [\s\S]*?\n(?!\|)/m, `${table}\n`));
}
