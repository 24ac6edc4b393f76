import { shortAnswer } from '../../knowledge/short-answer.ts';
import type { Answer, Reply } from '../reply.ts';

const none = { sources: [], actions: [], entry: null } as const;

/** What is said where a wish lacks what it needs. */
export const lacking = {
  answer: {
    ...none,
    kind: 'small-talk',
    title: 'There is no answer here yet.',
    markdown: 'Ask me a Docker question first; then *more*, *why* and *run it* go on from its answer.',
  },
  share: {
    ...none,
    kind: 'small-talk',
    title: 'There is no answer to share here yet.',
    markdown: 'Ask me a Docker question first. Under an answer that only you see, **Share** shows it to the channel.',
  },
  demo: (shown: Reply): Reply => ({
    ...none,
    kind: 'small-talk',
    title: 'This answer has no demo.',
    markdown: 'Write *demos* for those that there are, or go on from here:',
    actions: shown.actions,
  }),
} as const satisfies Readonly<Record<string, Reply | ((shown: Reply) => Reply)>>;

/** The rest of an answer; where it was shown whole, what is beside it. */
export function moreOf(shown: Reply): Reply {
  const more = shown.markdown.slice(shortAnswer(shown.markdown).length).trim();
  if (more !== '') return { ...shown, markdown: more };
  const markdown = 'That was the whole answer. What is beside it:';
  return { ...shown, kind: 'small-talk', markdown, sources: [], entry: null };
}

/** What to tell somebody who may have asked something, where no answer is sure. */
export function hintFor({ reply, match }: Answer): Reply {
  if (match.smallTalk !== null) return reply;
  const nearest = reply.actions.filter(({ type }) => type === 'show-entry');
  const shown = reply.kind === 'answer' && reply.entry !== null;
  const own = shown ? [{ type: 'show-entry' as const, entry: reply.entry, label: reply.title }] : [];
  const actions = [...own, ...nearest].slice(0, 3);
  const markdown =
    actions.length > 0
      ? 'If you asked me something, is it one of these? Or ask in other words. *more*, *run it* and *topics* work too.'
      : 'If you asked me something, ask in other words. *more*, *run it* and *topics* work too.';
  return { ...none, kind: 'choices', title: 'I am not sure that I follow.', markdown, actions };
}
