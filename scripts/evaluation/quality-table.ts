import type { KeyVerdicts, Miss, Quality, Refusals } from './quality.ts';

/** The quality of matching on one set of questions, and those that did not end as they should. */
export interface Measured {
  readonly name: string;
  readonly quality: Quality;
  readonly misses: readonly Miss[];
}

type Share = (quality: Quality) => readonly [count: number, of: number];

const refused = (name: string, part: (quality: Quality) => Refusals): [string, Share][] => [
  [`${name}: answered with an entry`, (quality) => [part(quality).answered, part(quality).questions]],
  [`${name}: choices offered`, (quality) => [part(quality).choices, part(quality).questions]],
];

const byKey = (name: string, part: (quality: Quality) => KeyVerdicts): [string, Share][] => [
  [`${name}, by key: true answer`, (quality) => [part(quality).true, part(quality).questions]],
  [`${name}, by key: true, said early`, (quality) => [part(quality).early, part(quality).questions]],
  [`${name}, by key: true, or among the choices`, (quality) => [part(quality).helped, part(quality).questions]],
  [`${name}, by key: answered, not true`, (quality) => [part(quality).wrong, part(quality).questions]],
];

const rows: readonly [name: string, share: Share][] = [
  ['in the book: right topic answered', ({ in: { right, questions } }) => [right, questions]],
  [
    'in the book: right topic, or among the choices',
    ({ in: { right, amongChoices, questions } }) => [right + amongChoices, questions],
  ],
  ['in the book: wrong topic answered', ({ in: { wrong, questions } }) => [wrong, questions]],
  [
    'chat style: right topic, or among the choices',
    ({ slack: { right, amongChoices, questions } }) => [right + amongChoices, questions],
  ],
  ...refused('no topic in the book yet', (quality) => quality.new),
  ...refused('Docker, but outside the book', ({ near }) => near),
  ...refused('beside Docker', ({ far }) => far),
  ...refused('not Docker', ({ out }) => out),
  ...byKey('in the book', ({ keyedIn }) => keyedIn),
  ...byKey('new', ({ keyedNew }) => keyedNew),
];

/**
 * Writes the quality on several sets of questions side by side, as a Markdown table. Rows that concern no question are
 * left out.
 */
export function formatQuality(sets: readonly Measured[]): string {
  const lines = rows.flatMap(([name, share]) => {
    const shares = sets.map(({ quality }) => share(quality));
    if (shares.every(([, of]) => of === 0)) return [];
    return [`| ${name} | ${shares.map(formatShare).join(' | ')} |`];
  });
  const head = `| | ${sets.map(({ name }) => name).join(' | ')} |`;
  return [head, `|---|${sets.map(() => '---|').join('')}`, ...lines].join('\n');
}

function formatShare([count, of]: readonly [number, number]): string {
  return of === 0 ? '–' : `${((100 * count) / of).toFixed(1)} % (${count}/${of})`;
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
