import { describe, expect, test } from 'vitest';
import { measureQuality } from '../../../scripts/evaluation/quality.ts';
import { formatMisses, formatQuality } from '../../../scripts/evaluation/quality-table.ts';
import type { LabelledQuestion } from '../../../scripts/evaluation/question-file.ts';
import type { Entry } from '../../../src/knowledge/entry.ts';
import type { Match, Matcher } from '../../../src/matching/match.ts';
import { entryOf } from '../../matching/entry-of.ts';

const brewing = { ...entryOf('brewing', 'tea', []), title: 'How long does tea brew?', body: 'For **three\nminutes**.' };
const late = { ...entryOf('late', 'tea', []), body: `${'Tea is old. '.repeat(80)}It brews for three minutes.` };
const cups = { ...entryOf('cups', 'cups', []), body: 'They are made of clay.' };
const entries = new Map<string, Entry>([brewing, late, cups].map((entry) => [entry.id, entry]));

/** A matcher that ends every question as its text says: an entry's id, or ids of choices, or nothing. */
const said: Matcher = {
  match: (question) => ended(question.split(' ').filter((id) => entries.has(id))),
  matchFollowUp: (question) => said.match(question),
  terms: () => [],
};

function ended(ids: readonly string[]): Match {
  const [only = null] = ids;
  return {
    outcome: ids.length === 1 ? 'answer' : ids.length > 1 ? 'choices' : 'unknown',
    entry: ids.length === 1 ? only : null,
    confidence: 0.5,
    choices: ids.length > 1 ? ids : [],
    nearest: [],
    signpost: null,
    smallTalk: null,
    explanation: { terms: [], ranking: [], evidence: [], reason: '' },
  };
}

const asked = (question: string, more: Partial<LabelledQuestion> = {}): LabelledQuestion => ({
  id: question,
  question,
  scope: 'in',
  topic: 'tea',
  also: [],
  style: 'plain',
  late: false,
  ...more,
});
const key = [[/brew/i], [/3 min/i, /three minutes/i]];
const qualityOf = (...questions: LabelledQuestion[]) => measureQuality(questions, said, entries).quality;

describe('by topic', () => {
  test('an answer is right on the labelled topic or one that is right too, and wrong on another', () => {
    const { in: verdicts } = qualityOf(
      asked('brewing'),
      asked('cups', { also: ['cups'] }),
      asked('cups'),
      asked('late cups'),
      asked('nothing'),
    );
    expect(verdicts).toEqual({ questions: 5, right: 2, amongChoices: 1, wrong: 1 });
  });

  test('a question that the book should answer counts as within it once the book has its topic', () => {
    const quality = qualityOf(asked('brewing', { scope: 'new' }), asked('cups', { scope: 'new', topic: 'milk' }));
    expect(quality.in).toMatchObject({ questions: 1, right: 1 });
    expect(quality.new).toMatchObject({ questions: 1, answered: 1 });
  });

  test('a question outside the book is to be let go', () => {
    const quality = qualityOf(asked('brewing', { scope: 'far' }), asked('nothing', { scope: 'out' }));
    expect(quality.far).toMatchObject({ questions: 1, answered: 1 });
    expect(quality.out).toMatchObject({ questions: 1, answered: 0 });
  });
});

describe('by key', () => {
  test('an answer is true where every group matches in what a reader sees of title and body, and else wrong', () => {
    const { keyedIn } = qualityOf(asked('brewing', { key }), asked('cups', { key, also: ['cups'] }), asked('brewing'));
    expect(keyedIn).toEqual({ questions: 2, true: 1, early: 1, helped: 1, wrong: 1 });
  });

  test('an answer is early where its first 900 characters say it, or where it may be said late', () => {
    expect(qualityOf(asked('late', { key })).keyedIn).toMatchObject({ true: 1, early: 0 });
    expect(qualityOf(asked('late', { key, late: true })).keyedIn).toMatchObject({ true: 1, early: 1 });
  });

  test('choices help where one of them is true, and are never wrong', () => {
    const { keyedNew } = qualityOf(
      asked('cups brewing', { key, scope: 'new' }),
      asked('nothing', { key, scope: 'new' }),
    );
    expect(keyedNew).toEqual({ questions: 2, true: 0, early: 0, helped: 1, wrong: 0 });
  });
});

test('the table leaves out what concerns no question, and the misses say what came out', () => {
  const measured = { name: 'tea', ...measureQuality([asked('cups', { key }), asked('brewing')], said, entries) };
  const table = formatQuality([measured]);
  expect(table).toContain('| in the book: wrong topic answered | 50.0 % (1/2) |');
  expect(table).toContain('| in the book, by key: answered, not true | 100.0 % (1/1) |');
  expect(table).not.toContain('not Docker');
  expect(formatMisses(measured.misses)).toEqual(['cups  tea -> cups [0.50]: cups']);
});
