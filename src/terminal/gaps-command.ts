import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GapCluster, OpenQuestions } from '../assistant/open-questions.ts';
import { exitCode, type Style, type Terminal } from './terminal.ts';

/** How `gaps` was called. */
export interface GapsOptions {
  readonly json: boolean;
  /** The folder that gets a draft entry for each group; null for none. */
  readonly drafts: string | null;
}

/**
 * Prints what the book could not answer or answered badly, in all workspaces, and writes draft entries if asked. Files
 * that are there already stay as they are.
 * @returns 0
 * @throws StoreUnavailable; Error if a draft cannot be written
 */
export async function showGaps(
  openQuestions: OpenQuestions,
  terminal: Terminal,
  { json, drafts }: GapsOptions,
): Promise<number> {
  const clusters = await openQuestions.report({ team: null, since: 0, now: Date.now() });
  const written = drafts === null ? null : await writeDrafts(openQuestions, clusters, drafts);
  if (json) {
    for (const [index, cluster] of clusters.entries())
      terminal.out.write(`${JSON.stringify({ ...cluster, ...(written === null ? {} : { draft: written[index] }) })}\n`);
    return exitCode.fine;
  }
  if (clusters.length === 0) terminal.out.write('No question was left open.\n');
  for (const [index, cluster] of clusters.entries())
    terminal.out.write(renderCluster(cluster, written?.[index] ?? null, terminal.style));
  return exitCode.fine;
}

/** @returns for each group its draft's file, whether it was written now or before */
async function writeDrafts(
  openQuestions: OpenQuestions,
  clusters: readonly GapCluster[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const { id, text } of await openQuestions.draft(clusters)) {
    const file = join(folder, `${id}.md`);
    await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    files.push(file);
  }
  return files;
}

function renderCluster(cluster: GapCluster, draft: string | null, style: Style): string {
  const { question, others, asked, people, escalated, nearest, reasons, answers } = cluster;
  const details: (readonly [string, string])[] = [
    ...others.map((other) => ['also', other] as const),
    ...reasons.map((reason) => ['wrong', reason] as const),
    ...answers.map((answer) => ['answer', answer] as const),
    ...(nearest.length > 0 ? [['nearest', nearest.join(', ')] as const] : []),
    ...(draft === null ? [] : [['draft', draft] as const]),
  ];
  const counts = `${asked}× by ${people}${escalated > 0 ? `, a person was asked ${escalated}×` : ''}`;
  return `${[
    `${style.bold(visible(question))}  ${style.faint(counts)}`,
    ...details.map(([name, text]) => `   ${style.faint(name.padEnd(8))} ${visible(text)}`),
  ].join('\n')}\n\n`;
}

/** What people wrote must not steer the terminal. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
