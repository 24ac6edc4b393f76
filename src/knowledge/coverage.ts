import type { Claim, Entry } from './entry.ts';
import type { Outline } from './outline.ts';

/** The coverage of the source document by the book. */
export interface Coverage {
  /** The table as a Markdown page. */
  readonly table: string;
  /** Statements that no entry covers. */
  readonly uncovered: readonly string[];
}

const intro = `# What the source document says, and where the book covers it

Written from the entries' \`covers\` by \`npm run coverage-table\`; \`check\` fails when it is out of date.
A claim is shown by the demo named beside it, or it says why no engine can show it.
`;

/** Writes the table: statement → entries and their claims → demo, or why there is none. */
export function renderCoverage(entries: ReadonlyMap<string, Entry>, outline: Outline): Coverage {
  const byStatement = (statement: string) => [...entries.values()].filter((entry) => entry.covers.includes(statement));
  const statements = Object.entries(outline.statements).map(([id, text]) => ({ id, text, entries: byStatement(id) }));
  const sections = statements.map(({ id, text, entries: covering }) =>
    [
      `## ${id}`,
      '',
      `${text}.`,
      '',
      '| entry | claim | shown by |',
      '|---|---|---|',
      ...covering.flatMap(rowsOf),
      '',
    ].join('\n'),
  );
  return {
    table: `${intro}\n${sections.join('\n')}`,
    uncovered: statements.filter((statement) => statement.entries.length === 0).map(({ id }) => id),
  };
}

function rowsOf(entry: Entry): string[] {
  const link = `[${entry.id}](../knowledge/${entry.chapter}/${entry.id}.md)`;
  if (entry.claims.length === 0) return [`| ${link} | – | – |`];
  return entry.claims.map((claim) => `| ${link} | ${cell(claim.text)} | ${shownBy(claim)} |`);
}

function shownBy(claim: Claim): string {
  if (claim.demo === null) return `not shown: ${cell(claim.unprovable ?? '')}`;
  return `\`${claim.demo}\`${claim.needs === null ? '' : ` (${cell(claim.needs)})`}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
