import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderCoverage } from '../src/knowledge/coverage.ts';
import { loadBook } from '../src/knowledge/load-book.ts';
import { readOutline } from '../src/knowledge/outline.ts';
import { coverageFile } from '../src/terminal/check-command.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const knowledge = join(project, 'knowledge');
const { table } = renderCoverage((await loadBook([knowledge], project)).entries, await readOutline(knowledge));
await writeFile(join(project, coverageFile), table);
