import { stringify } from 'yaml';
import { longestPhrasing, mostAsks } from '../../knowledge/entry.ts';
import { plainQuestion } from '../../knowledge/plain-question.ts';
import type { Knowledge } from '../knowledge.ts';
import type { EntryDraft, GapCluster } from '../open-questions.ts';

const longestTitle = 100;
const shortestTitle = 8;
const longestId = 60;
const docsHome = 'https://docs.docker.com/';

/**
 * Drafts an entry for each group of questions: the front matter is sound, only the answer is missing, and `check` says
 * so until somebody has written it. Chapter, topic and source are those of the entry that came nearest.
 */
export function draftEntries(clusters: readonly GapCluster[], { entries, outline }: Knowledge): EntryDraft[] {
  const taken = new Set(entries.keys());
  const asked = new Set([...entries.values()].flatMap((entry) => entry.phrasings.map(plainQuestion)));
  return clusters.map((cluster) => {
    const id = freeId(cluster.question, taken);
    taken.add(id);
    const near = cluster.nearest.map((each) => entries.get(each)).find((entry) => entry && !entry.signpost);
    const front = {
      id,
      title: titleOf(cluster.question),
      chapter: near?.chapter ?? Object.keys(outline.chapters)[0],
      topic: near?.topic ?? Object.keys(outline.topics)[0],
      asks: freeAsks(cluster, id, asked),
      claims: {},
      related: cluster.nearest.filter((each) => entries.get(each)?.signpost === false),
      sources: [near?.sources[0] ?? docsHome],
    };
    return { id, text: `---\n${remarks(cluster)}${stringify(front, { lineWidth: 0 })}---\n` };
  });
}

/** What whoever fills it in should know, as comments. */
function remarks({ asked, people, escalated, kinds, nearest, reasons, answers }: GapCluster): string {
  const lines = [
    `Asked ${asked} times by ${people} people${escalated > 0 ? `, passed on to a person ${escalated} times` : ''}.`,
    'Check chapter, topic, related and sources: they are those of the nearest entry. Write the answer below the front matter.',
    'docs/writing-entries.md says how; ./dockproof check tells what is missing.',
    ...(kinds['voted-down'] === undefined
      ? []
      : [`The answer ${nearest.join(', ')} did not help. It may be better to mend that entry than to add this one.`]),
    ...reasons.map((reason) => `What was wrong: ${reason}`),
    ...answers.flatMap((answer) => ['A person answered:', ...answer.split('\n').map((line) => `  ${line}`)]),
  ];
  return lines.map((line) => `# ${line.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}\n`).join('');
}

/** No two entries may share an ask, so those that another has are left out. */
function freeAsks({ question, others }: GapCluster, id: string, asked: Set<string>): string[] {
  const asks: string[] = [];
  for (const ask of [question, ...others].map((each) => oneLine(each).slice(0, longestPhrasing).toWellFormed())) {
    if (asks.length === mostAsks || ask.length < 2 || asked.has(plainQuestion(ask))) continue;
    asked.add(plainQuestion(ask));
    asks.push(ask);
  }
  return asks.length > 0 ? asks : [id.replaceAll('-', ' ')];
}

function titleOf(question: string): string {
  const line = oneLine(question);
  const title = `${line.charAt(0).toUpperCase()}${line.slice(1)}`;
  if (title.length < shortestTitle) return `Question: ${title}`;
  return title.length <= longestTitle ? title : `${title.slice(0, longestTitle - 1).replace(/\s+\S*$/, '')}…`;
}

function freeId(question: string, taken: ReadonlySet<string>): string {
  const words = oneLine(question)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestId)
    .replace(/^-+|-+$/g, '');
  const id = words === '' ? 'question' : words;
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? id : `${id}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
