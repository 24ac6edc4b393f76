import { create, insertMultiple, search } from '@orama/orama';
import Fuse from 'fuse.js';
import lunr from 'lunr';
import MiniSearch from 'minisearch';
import { measureQuality } from '../../scripts/evaluation/quality.ts';
import { type LabelledQuestion, readQuestionFile } from '../../scripts/evaluation/question-file.ts';
import type { Entry } from '../../src/knowledge/entry.ts';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { readQuestion } from '../../src/matching/question.ts';
import { createSearch } from '../../src/matching/search.ts';
import { median, timed } from '../statistics.ts';

/** An entry as a library indexes it. */
interface SearchDocument {
  readonly id: string;
  readonly title: string;
  readonly asks: string;
  readonly body: string;
}

/** A found entry; a higher score is better. */
interface Hit {
  readonly id: string;
  readonly score: number;
}

type Find = (question: string) => readonly Hit[] | Promise<readonly Hit[]>;
type Index = (documents: readonly SearchDocument[], entries: readonly Entry[]) => Find | Promise<Find>;

const fields = ['title', 'asks', 'body'];

/** Every library at its defaults, over the same fields. */
const indexes: Readonly<Record<string, Index>> = {
  dockproof: (_, entries) => {
    const { find } = createSearch(entries);
    return (question) =>
      find(readQuestion(question)).ranking.map(({ entry, topicShare }) => ({ id: entry.id, score: topicShare }));
  },
  minisearch(documents) {
    const index = new MiniSearch<SearchDocument>({ fields });
    index.addAll(documents);
    return (question) => index.search(question).map(({ id, score }) => ({ id: String(id), score }));
  },
  lunr(documents) {
    const index = lunr((builder) => {
      builder.ref('id');
      for (const field of fields) builder.field(field);
      for (const document of documents) builder.add(document);
    });
    // lunr reads its search text as a query language; the question's words alone are what is asked.
    return (question) =>
      index.search(question.replace(/[^\p{L}\p{N}\s]/gu, ' ')).map(({ ref, score }) => ({ id: ref, score }));
  },
  async orama(documents) {
    const index = create({ schema: { id: 'string', title: 'string', asks: 'string', body: 'string' } });
    await insertMultiple(index, [...documents]);
    return async (question) => {
      const { hits } = await search(index, { term: question, properties: ['title', 'asks', 'body'] });
      return hits.map(({ document, score }) => ({ id: String(document.id), score }));
    };
  },
  'fuse.js'(documents) {
    const index = new Fuse(documents, { keys: fields, includeScore: true });
    return (question) => index.search(question).map(({ item, score }) => ({ id: item.id, score: 1 - (score ?? 1) }));
  },
};

/**
 * Compares the matcher with search libraries at their defaults, over the same entries and questions: is the first
 * entry right, is one of the first three, does the score tell questions of the book from others (area under the ROC
 * curve), how long do loading and one question take. Beside it, what the matcher's decision makes of its ranking.
 */
export async function matchingLibrariesBench(): Promise<void> {
  const book = await loadBook(['knowledge']);
  const entries = [...book.entries.values()];
  const inBook = entries.filter((entry) => !entry.signpost);
  const documents = inBook.map(({ id, title, phrasings, body }) => ({ id, title, asks: phrasings.join('\n'), body }));
  const questions = await readQuestionFile('test/matching/questions.jsonl');
  const topicOf = (id: string): string | null => book.entries.get(id)?.topic ?? null;
  console.log('             first right  in first 3  AUC in/rest  load ms  question: median ms');
  for (const [name, index] of Object.entries(indexes)) {
    let find: Find = () => [];
    const loading = await timed(async () => {
      find = await index(documents, inBook);
    });
    const results: { question: LabelledQuestion; hits: readonly Hit[]; time: number }[] = [];
    for (const question of questions) {
      let hits: readonly Hit[] = [];
      const time = await timed(async () => {
        hits = await find(question.question);
      });
      results.push({ question, hits, time });
    }
    const asked = results.filter(({ question }) => question.scope === 'in');
    const rightWithin = (count: number): number =>
      asked.filter(({ question, hits }) => hits.slice(0, count).some(({ id }) => isRight(question, topicOf(id))))
        .length / asked.length;
    const best = (scope: (name: string) => boolean): number[] =>
      results.filter(({ question }) => scope(question.scope)).map(({ hits }) => hits[0]?.score ?? 0);
    const cells = [
      name.padEnd(12),
      `${(100 * rightWithin(1)).toFixed(0)} %`.padStart(11),
      `${(100 * rightWithin(3)).toFixed(0)} %`.padStart(11),
      areaUnderCurve(
        best((scope) => scope === 'in'),
        best((scope) => scope !== 'in'),
      )
        .toFixed(2)
        .padStart(12),
      loading.toFixed(0).padStart(8),
      median(results.map(({ time }) => time))
        .toFixed(3)
        .padStart(20),
    ];
    console.log(cells.join(' '));
  }
  const { quality } = measureQuality(questions, createMatcher(entries), book.entries);
  const share = (part: number, all: number): string => `${((100 * part) / all).toFixed(0)} %`;
  console.log(
    `dockproof with signposts and its decision: right ${share(quality.in.right, quality.in.questions)}, wrong ${share(quality.in.wrong, quality.in.questions)}, answered although outside the book: near ${share(quality.near.answered, quality.near.questions)}, not Docker ${share(quality.out.answered, quality.out.questions)}`,
  );
}

function isRight(question: LabelledQuestion, topic: string | null): boolean {
  return topic !== null && [question.topic, ...question.also].includes(topic);
}

/** How probable it is that a question of the book scores higher than another; ties count half. */
function areaUnderCurve(higher: readonly number[], lower: readonly number[]): number {
  let won = 0;
  for (const a of higher) for (const b of lower) won += a > b ? 1 : a === b ? 0.5 : 0;
  return won / (higher.length * lower.length);
}
