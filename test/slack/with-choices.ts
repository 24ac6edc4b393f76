import type { Assistant } from '../../src/assistant/assistant.ts';

/** An assistant to which every question is too close to call between the first three entries. */
export function withChoices(assistant: Assistant): Assistant {
  const entries = assistant.chapters().flatMap((chapter) => chapter.entries);
  const actions = entries
    .slice(0, 3)
    .map(({ id, title }) => ({ type: 'show-entry' as const, entry: id, label: title, gist: `What ${id} says.` }));
  return {
    ...assistant,
    ask(asked, previous) {
      const answer = assistant.ask(asked, previous);
      return { ...answer, reply: { ...answer.reply, kind: 'choices', entry: null, actions } };
    },
  };
}
