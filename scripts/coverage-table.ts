import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderCoverage } from '../src/knowledge/coverage.ts';
import { parseBook } from '../src/knowledge/load-book.ts';
import { outlineOf } from '../src/knowledge/outline.ts';
import { readKnowledge } from '../src/knowledge/read-knowledge.ts';
import { coverageFile } from '../src/terminal/check-command.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const knowledge = readKnowledge([join(project, 'knowledge')]);
const { table } = renderCoverage(parseBook(knowledge, project).entries, outlineOf(knowledge));
await writeFile(join(project, coverageFile), table);
