import type { Miss, Quality } from './quality.ts';

/**
 * Writes the counts as the table of the bars: measured value beside what it must be.
 * @returns lines of text
 */
export function formatQuality(quality: Quality): string[] {
  const { slack, near, out } = quality;
  const inside = quality.in;
  const rows: [string, number, number, string][] = [
    ['in scope: right answer given', inside.right, inside.questions, '>= 80 %'],
    ['in scope: right, or right among the choices', inside.right + inside.amongChoices, inside.questions, '>= 92 %'],
    ['in scope: wrong answer given', inside.wrong, inside.questions, '<= 5 %'],
    ['chat style: right, or right among the choices', slack.right + slack.amongChoices, slack.questions, '>= 88 %'],
    ['near: answered with an entry', near.answered, near.questions, '<= 10 %'],
    ['near: choices offered', near.choices, near.questions, ''],
    ['near: signpost shown', near.signposted, near.questions, ''],
    ['out: answered with an entry', out.answered, out.questions, '<= 2 %'],
    ['out: choices offered', out.choices, out.questions, ''],
  ];
  return rows.map(([name, count, of, must]) => {
    const share = of === 0 ? '–' : `${((100 * count) / of).toFixed(1)} %`;
    return `${name.padEnd(46)} ${share.padStart(8)}  ${`${count}/${of}`.padStart(9)}  ${must}`.trimEnd();
  });
}

/** Writes one line for each question that did not end as it should. */
export function formatMisses(misses: readonly Miss[]): string[] {
  return misses.map(({ question, match }) => {
    const wanted = question.topic ?? question.scope;
    const got = match.entry ?? (match.choices.length > 0 ? `choices ${match.choices.join(', ')}` : 'unknown');
    const signpost = match.signpost === null ? '' : ` (signpost ${match.signpost})`;
    return `${question.id}  ${wanted} -> ${got}${signpost} [${match.confidence.toFixed(2)}]: ${question.question}`;
  });
}
