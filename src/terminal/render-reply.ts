import type { Answer } from '../assistant/reply.ts';
import { pieces } from '../matching/evidence.ts';
import { judgeNames } from '../matching/judges.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { Style } from './terminal.ts';

/**
 * Renders an answer: title, text, sources, and the commands for what can be done next.
 * @param whole whether all of its text, not what stands alone
 */
export function renderAnswer({ reply }: Pick<Answer, 'reply'>, style: Style, whole: boolean): string {
  const demo = reply.actions.find((action) => action.type === 'run-demo');
  const shown = reply.actions.filter((action) => action.type === 'show-entry');
  const sections = [style.bold(reply.title), renderMarkdown(whole ? reply.markdown : reply.short, style)];
  if (reply.sources.length > 0) sections.push(style.faint(`Sources: ${reply.sources.join('  ')}`));
  if (!whole && reply.more !== '') sections.push(`Read on: ${style.accent(`./dockproof ask "${reply.title}" --more`)}`);
  if (demo) sections.push(`See it happen: ${style.accent(`./dockproof demo ${demo.demo}`)}`);
  if (shown.length > 0) {
    const head = reply.kind === 'answer' ? 'Related:' : 'Ask for:';
    sections.push(
      [style.faint(head), ...shown.map((action) => `  ${style.accent(`./dockproof ask "${action.label}"`)}`)].join(
        '\n',
      ),
    );
  }
  return `${sections.join('\n\n')}\n`;
}

/** Renders why a match came out as it did. */
export function renderExplanation({ match }: Answer, style: Style): string {
  const terms = match.explanation.terms.map(
    ({ term, known, weight }) => `  ${known ? weight.toFixed(2).padStart(6) : '     –'}  ${term}`,
  );
  const ranking = match.explanation.ranking.map(({ entry, topicShare, ...judgement }) => {
    const numbers = [topicShare, ...judgeNames.map((name) => judgement[name])];
    return `${inColumns(numbers)}  ${entry}`;
  });
  const evidence = match.explanation.evidence.map(
    ({ name, value, firstIsRight, isInBook }) =>
      `${inColumns([value, firstIsRight, isInBook])}  ${name}: ${pieces[name].says}`,
  );
  return [
    style.bold('Why'),
    `${match.outcome}, confidence ${match.confidence.toFixed(2)}: ${match.explanation.reason}`,
    style.faint('Terms and what each added to the first candidate (– where the book does not know it):'),
    ...terms,
    style.faint(`Candidates: topic share, then ${judgeNames.join(', ')} (docs/matching.md):`),
    ...ranking,
    ...(evidence.length === 0 ? [] : [style.faint(evidenceHead), ...evidence]),
    '',
  ].join('\n');
}

const evidenceHead =
  'Evidence: its number, and what that added for the first candidate being right, and for the book holding the answer:';

function inColumns(numbers: readonly number[]): string {
  return numbers.map((number) => `  ${number.toFixed(2).padStart(6)}`).join('');
}
