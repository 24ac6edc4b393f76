import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { assemble, type Program } from '../../../src/assemble.ts';
import { clusterQuestions } from '../../../src/assistant/gaps/cluster-gaps.ts';
import { createOpenQuestions } from '../../../src/assistant/gaps/create-open-questions.ts';
import { draftEntries } from '../../../src/assistant/gaps/draft-entry.ts';
import { choicePatience } from '../../../src/assistant/gaps/gap-report.ts';
import type { GapCluster } from '../../../src/assistant/open-questions.ts';
import { readConfig } from '../../../src/config.ts';
import { ideas, nameFigures } from '../../../src/figures/find-figures.ts';
import { checkBook } from '../../../src/knowledge/check-book.ts';
import { loadBook } from '../../../src/knowledge/load-book.ts';
import type { Matcher } from '../../../src/matching/match.ts';
import type { NewGap } from '../../../src/store/gaps.ts';
import { temporaryFolder } from '../../engines/test-engine.ts';
import { openTestStore } from '../../store/open-test-store.ts';

let program: Program;
let matcher: Matcher;

beforeAll(async () => {
  program = await assemble(readConfig({}), {});
  matcher = program.book().matcher;
});

const groups = [
  ['how do I expose a port?', 'how to publish ports', 'publishing a port on the host', 'what port does it expose'],
  ['environment variables in compose', 'how do I set an env variable in compose?', 'pass env vars with compose'],
  ['can docker run rootless', 'rootless docker on mac?'],
  ['docker gpu support', 'gpu in docker', 'how do I use my nvidia gpu in a container'],
  ['healthcheck in dockerfile', 'how does HEALTHCHECK work'],
  ['コンテナとは'],
];

const inOrder = (questions: readonly string[]): string => [...questions].sort().join('|');

describe('questions that ask the same', () => {
  test('are one group, others are not, whatever their order', () => {
    const questions = groups.flat();
    fc.assert(
      fc.property(fc.shuffledSubarray(questions, { minLength: questions.length }), (shuffled) => {
        const found = clusterQuestions(new Map(shuffled.map((question) => [question, 1])), matcher.terms);
        expect(found.map(inOrder).sort()).toEqual(groups.map(inOrder).sort());
      }),
      { numRuns: 20 },
    );
  });

  test('are one group however often the book speaks of one of their words', () => {
    const wordsOf = (question: string) => matcher.terms(question).map(({ text }) => text);
    fc.assert(
      fc.property(
        fc.constantFrom(...new Set(groups.flat().flatMap(wordsOf))),
        fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        (word, factor) => {
          const terms = (question: string) =>
            matcher.terms(question).map(({ text, worth }) => ({ text, worth: text === word ? factor * worth : worth }));
          const found = clusterQuestions(new Map(groups.flat().map((question) => [question, 1])), terms);
          expect(found.map(inOrder).sort()).toEqual(groups.map(inOrder).sort());
        },
      ),
    );
  });

  test('are named by the one that was asked most', () => {
    const found = clusterQuestions(
      new Map([
        ['gpu in docker', 1],
        ['docker gpu support', 1],
        ['use my gpu in docker', 5],
      ]),
      matcher.terms,
    );
    expect(found).toEqual([['use my gpu in docker', 'docker gpu support', 'gpu in docker']]);
  });

  test('need no terms and may be anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 })), (questions) => {
        const distinct = new Map(questions.map((question) => [question, 1]));
        expect(clusterQuestions(distinct, matcher.terms).flat().sort()).toEqual([...distinct.keys()].sort());
      }),
    );
  });
});

describe('the report', () => {
  const base = { team: 'T1', place: 'C1', normalised: 'x', at: 1000 };
  let events = 0;
  const gap = (question: string, fields: Partial<NewGap> = {}): NewGap => ({
    ...base,
    person: 'U1',
    event: `${++events}`,
    kind: 'unknown',
    nearest: [],
    question,
    ...fields,
  });

  test('has what a person was asked first, then what was asked most, and what is close in the book', async () => {
    const { store } = await openTestStore();
    const near = { nearest: ['copy-on-write', 'what-is-an-image'] };
    for (const person of ['U1', 'U2', 'U2']) await store.gaps.add(gap('gpu in docker', { person, ...near }));
    await store.gaps.add(gap('docker gpu support', { nearest: ['what-is-an-image'] }));
    const { id } = await store.gaps.add(gap('can docker run rootless'));
    await store.gaps.escalate('T1', id, {
      by: 'U1',
      at: 5,
      permalink: 'https://t.test/x',
      asker: 'U1',
      reply: { channel: 'C1', thread: null },
      limit: { since: 0, most: 9 },
    });
    await store.gaps.add(gap('how do I expose a port?', { team: 'T2' }));
    const report = await createOpenQuestions(program.book, async () => store).report({
      team: 'T1',
      since: 0,
      now: 2000,
    });
    expect(report).toMatchObject([
      { question: 'can docker run rootless', asked: 1, escalated: 1, permalinks: ['https://t.test/x'] },
      {
        question: 'gpu in docker',
        others: ['docker gpu support'],
        asked: 4,
        people: 2,
        escalated: 0,
        nearest: ['what-is-an-image', 'copy-on-write'],
      },
    ]);
    expect(
      await createOpenQuestions(program.book, async () => store).report({ team: null, since: 0, now: 2000 }),
    ).toHaveLength(3);
    expect(
      await createOpenQuestions(program.book, async () => store).report({ team: 'T1', since: 1001, now: 2000 }),
    ).toEqual([]);
  });

  test('counts choices once nobody took one for a while, and says what was wrong with answers', async () => {
    const { store } = await openTestStore();
    await store.gaps.add(gap('volume', { kind: 'no-choice' }));
    await store.gaps.add(gap('what is an image?', { kind: 'voted-down', event: 'm1' }));
    const vote = { team: 'T1', place: 'C1', message: 'm1', person: 'U1', question: 'q', entry: 'e', at: 1 };
    await store.votes.put({ ...vote, vote: 'not-helpful' });
    await store.votes.setReason(vote, 'incomplete: size?');
    const report = (now: number) =>
      createOpenQuestions(program.book, async () => store).report({ team: 'T1', since: 0, now });
    expect(await report(1000 + choicePatience - 1)).toMatchObject([
      { kinds: { 'voted-down': 1 }, reasons: ['incomplete: size?'] },
    ]);
    expect((await report(1000 + choicePatience)).map(({ question }) => question).sort()).toEqual([
      'volume',
      'what is an image?',
    ]);
  });

  test('leaves out what asks nothing, unless a person was asked', async () => {
    const { store } = await openTestStore();
    await store.gaps.add(gap('lol'));
    await store.gaps.add(gap('how?', { kind: 'no-choice' }));
    await store.gaps.add(gap('run the demo', { kind: 'escalated' }));
    const { id } = await store.gaps.add(gap('why??'));
    const reply = { channel: 'C1', thread: null };
    const limit = { since: 0, most: 9 };
    await store.gaps.escalate('T1', id, { by: 'U1', at: 5, permalink: null, asker: 'U1', reply, limit });
    const { report } = createOpenQuestions(program.book, async () => store);
    const scope = { team: 'T1', since: 0, now: 1000 + choicePatience };
    expect((await report(scope)).map(({ question }) => question)).toEqual(['why??']);
  });

  test('leaves out a group that was dismissed, also where it is asked again, until a person is asked', async () => {
    const { store } = await openTestStore();
    const named = (question: string, fields: Partial<NewGap> = {}) =>
      gap(question, { normalised: question, ...fields });
    await store.gaps.add(named('gpu in docker'));
    await store.gaps.add(named('docker gpu support', { at: 2000 }));
    await store.gaps.add(named('rootless docker'));
    const questions = createOpenQuestions(program.book, async () => store);
    const scope = { team: 'T1', since: 0, now: 5000 };
    const [group] = await questions.report(scope);
    expect(group).toMatchObject({ asked: 2, lastAt: 2000 });
    const dismissed = { id: group?.id ?? '', until: group?.lastAt ?? 0, by: 'U9' };
    expect(await questions.dismiss({ ...scope, team: 'T2' }, dismissed)).toBe(0);
    await store.gaps.add(named('use a gpu in docker', { at: 3000 }));
    expect(await questions.dismiss(scope, dismissed)).toBe(2);
    const { id } = await store.gaps.add(named('gpu in docker', { at: 4000 }));
    const left = async () => (await questions.report(scope)).map(({ question }) => question).sort();
    expect(await left()).toEqual(['rootless docker', 'use a gpu in docker']);
    const reply = { channel: 'C1', thread: null };
    const limit = { since: 0, most: 9 };
    await store.gaps.escalate('T1', id, { by: 'U1', at: 5, permalink: null, asker: 'U1', reply, limit });
    expect((await questions.report(scope))[0]).toMatchObject({ asked: 2, others: ['use a gpu in docker'] });
  });
});

describe('a draft', () => {
  const cluster = (question: string, fields: Partial<GapCluster> = {}): GapCluster => ({
    ...{ question, others: [], asked: 2, people: 1, escalated: 0, kinds: { unknown: 2 }, reasons: [], permalinks: [] },
    ...{ id: 'g1', answers: [], places: [] },
    ...{ nearest: ['copy-on-write'], lastAt: 1 },
    ...fields,
  });
  const draft = (clusters: readonly GapCluster[]) => draftEntries(clusters, program.book());

  async function check(files: readonly { id: string; text: string }[]): Promise<string[]> {
    const folder = join(await temporaryFolder(), 'drafts');
    await mkdir(folder);
    for (const { id, text } of files) await writeFile(join(folder, `${id}.md`), text);
    const tested = new Map([...program.demos.values()].map(({ id, claims }) => [id, claims]));
    const book = await loadBook(['knowledge', folder]);
    return checkBook(book, program.book().outline, { tested, figures: await nameFigures(ideas) }).map(
      ({ problem }) => problem,
    );
  }

  const hostile = [
    cluster('gpu in docker', { others: ['docker gpu support', 'GPU in docker!'], nearest: [] }),
    cluster('gpu in docker?'),
    cluster('why'),
    cluster('コンテナとは'),
    cluster('a: "b" #c\n---\nid: stolen', {
      answers: ['no\n---\r\nid: x\u2028id: y'],
      reasons: ['wrong: no\n---\nid: x'],
      kinds: { 'voted-down': 1 },
    }),
    cluster('what is an image?', { nearest: ['what-is-an-image', 'gone-entry'] }),
    cluster(`${'very '.repeat(200)}long`),
    cluster('\u0000\ud800'),
  ];

  test('of anything lacks nothing but the answer, and is sound once that is written', async () => {
    const drafts = draft(hostile);
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(hostile.length);
    expect(await check(drafts)).toEqual(hostile.map(() => 'The body is empty'));
    expect(await check(drafts.map(({ id, text }) => ({ id, text: `${text}Yes, with a flag.\n` })))).toEqual([]);
  });

  test('has the questions as asks, and the place of the nearest entry', async () => {
    const [first] = draft([cluster('gpu in docker', { others: ['docker gpu support'], reasons: ['too short'] })]);
    const near = await readFile('knowledge/filesystem/copy-on-write.md', 'utf8');
    expect(first?.text).toContain('asks:\n  - gpu in docker\n  - docker gpu support\n');
    expect(first?.text).toContain(/^chapter: .*$/m.exec(near)?.[0]);
    expect(first?.text).toContain(/^topic: .*$/m.exec(near)?.[0]);
    expect(first?.text).toContain('# What was wrong: too short');
  });
});
