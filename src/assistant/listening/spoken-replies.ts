import { gist } from '../../knowledge/short-answer.ts';
import { asksSomething } from '../gaps/asks-something.ts';
import type { Action, Answer, Reply, ShowEntry } from '../reply.ts';

/** Entries that a hint names at most. */
const mostNamed = 3;

/** The signpost that recognises talk of meetings, lunch and the like. */
const everydayTalk = 'everyday-talk';

/** What is said where a wish lacks what it needs. */
export const lacking = {
  answer: plain(
    'There is no answer here yet.',
    'Ask me a Docker question first; then *more*, *why* and *run it* go on from its answer.',
  ),
  share: plain(
    'There is no answer to share here yet.',
    'Ask me a Docker question first. Under an answer that only you see, **Share** shows it to the channel.',
  ),
} as const satisfies Readonly<Record<string, Reply>>;

/** What is said of an answer that has no demo. */
export function withoutDemo({ actions }: Reply): Reply {
  return plain('This answer has no demo.', 'Write *demos* for those that there are, or go on from here:', actions);
}

/** The rest of an answer; where it was shown whole, what is beside it. */
export function restOf(shown: Reply): Reply {
  const { more, title, actions } = shown;
  if (more === '') return plain(title, 'That was the whole answer. This is beside it:', actions);
  return { ...shown, markdown: more, short: more, more: '' };
}

/** What to tell somebody who may have asked something, where no answer is sure; null where they asked nothing. */
export function hintFor({ question, reply, match }: Answer): Reply | null {
  if (match.smallTalk !== null) return reply;
  if (!asksSomething(question) || match.signpost === everydayTalk) return null;
  const own: ShowEntry[] =
    reply.kind === 'answer' && reply.entry !== null
      ? [{ type: 'show-entry', entry: reply.entry, label: reply.title, gist: gist(reply.short) }]
      : [];
  const named = [...own, ...reply.actions.filter((action) => action.type === 'show-entry')].slice(0, mostNamed);
  if (named.length === 0 && !question.includes('?')) return null;
  const lead = named.length > 0 ? 'is it one of these? Or ask in other words' : 'ask in other words';
  return {
    ...plain(
      'I am not sure that I follow.',
      `If you asked me something, ${lead}, or say *more*, *run it* or *topics*.`,
      named,
    ),
    kind: 'choices',
  };
}

function plain(title: string, markdown: string, actions: readonly Action[] = []): Reply {
  return {
    kind: 'small-talk',
    title,
    markdown,
    short: markdown,
    more: '',
    sources: [],
    actions,
    entry: null,
    figure: null,
  };
}
