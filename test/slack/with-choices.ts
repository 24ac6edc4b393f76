import type { Assistant } from '../../src/assistant/assistant.ts';
import type { Answer } from '../../src/assistant/reply.ts';

/** An assistant to which every question is too close to call between the first three entries. */
export function withChoices(assistant: Assistant): Assistant {
  const entries = assistant.chapters().flatMap((chapter) => chapter.entries);
  const actions = entries
    .slice(0, 3)
    .map(({ id, title }) => ({ type: 'show-entry' as const, entry: id, label: title, gist: `What ${id} says.` }));
  const unsure = (answer: Answer): Answer => ({
    ...answer,
    reply: { ...answer.reply, kind: 'choices', entry: null, actions },
  });
  return {
    ...assistant,
    ask: (asked, previous) => unsure(assistant.ask(asked, previous)),
    async listen(text, talk) {
      const heard = await assistant.listen(text, talk);
      return heard.type === 'answer' ? { ...heard, answer: unsure(heard.answer) } : heard;
    },
  };
}
