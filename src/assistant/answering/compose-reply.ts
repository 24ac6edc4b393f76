import type { Entry } from '../../knowledge/entry.ts';
import { divideBody, gist } from '../../knowledge/short-answer.ts';
import type { Match, SmallTalk } from '../../matching/match.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Action, Reply, ShowEntry } from '../reply.ts';

const smallTalk: Readonly<Record<SmallTalk, { readonly title: string; readonly markdown: string }>> = {
  greeting: {
    title: 'Hello!',
    markdown: 'Ask me a Docker question in your own words, for example: why is my database empty after the redeploy?',
  },
  thanks: { title: 'You are welcome.', markdown: 'Ask again whenever a container surprises you.' },
  help: {
    title: 'What I can do',
    markdown:
      'I answer Docker questions from a reviewed book, and prove the answer with a demo on a real engine.\n\n- Ask in your own words: why is my database empty after the redeploy?\n- Press **Run the demo** under an answer to see it happen.\n- What I do not know I say, with the nearest topics.',
  },
};

/** Which demos there are, by their ids. */
export type KnownDemos = Pick<ReadonlySet<string>, 'has'>;

/** Writes the reply to a match: the entry, the choices, or what to do where the book has no answer. */
export function composeReply(match: Match, knowledge: Knowledge, demos: KnownDemos): Reply {
  if (match.smallTalk !== null)
    return plain('small-talk', smallTalk[match.smallTalk].title, smallTalk[match.smallTalk].markdown);
  const answer = match.entry === null ? undefined : knowledge.entries.get(match.entry);
  if (match.outcome === 'answer' && answer) return composeEntry(answer, knowledge, demos);
  if (match.outcome === 'choices') {
    const markdown = 'Your question fits more than one answer. Pick the one you mean:';
    const elsewhere = match.signpost === null ? [] : [match.signpost];
    return {
      ...plain('choices', 'Which of these do you mean?', markdown),
      actions: showActions([...match.choices, ...elsewhere], knowledge),
    };
  }
  const nearest = showActions(match.nearest, knowledge);
  const signpost = match.signpost === null ? undefined : knowledge.entries.get(match.signpost);
  if (signpost) {
    return {
      ...plain('unknown', signpost.title, signpost.body),
      ...divide(signpost.body),
      sources: signpost.sources,
      actions: nearest,
      entry: signpost.id,
      figure: signpost.figure,
    };
  }
  const near =
    nearest.length > 0
      ? ' These are the nearest questions that I can answer:'
      : ' Try other words, or ask a colleague.';
  return {
    ...plain('unknown', "I don't know that one.", `The book has no answer to this question.${near}`),
    actions: nearest,
  };
}

/** Writes the reply that shows one entry. */
export function composeEntry(entry: Entry, knowledge: Knowledge, demos: KnownDemos): Reply {
  const demo = entry.demo !== null && demos.has(entry.demo) ? entry.demo : null;
  const run: Action[] = demo === null ? [] : [{ type: 'run-demo', demo, label: 'Run the demo' }];
  return {
    kind: entry.signpost ? 'unknown' : 'answer',
    title: entry.title,
    markdown: entry.body,
    ...divide(entry.body),
    sources: entry.sources,
    actions: [...run, ...showActions(entry.related, knowledge)],
    entry: entry.id,
    figure: entry.figure,
  };
}

function plain(kind: Reply['kind'], title: string, markdown: string): Reply {
  return { kind, title, markdown, short: markdown, more: '', sources: [], actions: [], entry: null, figure: null };
}

/** A body that begins with a heading has no part that stands alone, so it is shown whole. */
function divide(body: string): Pick<Reply, 'short' | 'more'> {
  const { short, more } = divideBody(body);
  return short === '' ? { short: body, more: '' } : { short, more };
}

function showActions(ids: readonly string[], knowledge: Knowledge): ShowEntry[] {
  return ids.flatMap((id) => {
    const entry = knowledge.entries.get(id);
    return entry ? [{ type: 'show-entry' as const, entry: id, label: entry.title, gist: gist(entry.body) }] : [];
  });
}
