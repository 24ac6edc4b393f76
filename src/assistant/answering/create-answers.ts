import type { Answers, ChapterSummary } from '../assistant.ts';
import { AssistantError } from '../assistant-error.ts';
import type { Knowledge } from '../knowledge.ts';
import { composeEntry, composeReply, type KnownDemos } from './compose-reply.ts';

/** The longest question that is searched, in characters. */
const longestQuestion = 4000;

/**
 * Makes what answers questions.
 * @param knowledge the knowledge in use at the moment of the call
 * @param offered the demos that answers offer
 */
export function createAnswers(knowledge: () => Knowledge, offered: KnownDemos, ready: () => Promise<void>): Answers {
  return {
    ready,
    ask(question, previous = null) {
      const text = checkQuestion(question);
      const current = knowledge();
      const { matcher } = current;
      const match = previous === null ? matcher.match(text) : matcher.matchFollowUp(text, previous);
      return { question, match, reply: composeReply(match, current, offered) };
    },
    show(id) {
      const current = knowledge();
      const entry = current.entries.get(id);
      return entry ? composeEntry(entry, current, offered) : null;
    },
    chapters: () => listChapters(knowledge()),
  };
}

function checkQuestion(question: string): string {
  const text = question.trim();
  if (text === '') {
    const message = 'The question is empty. Ask in your own words, for example: what is an image?';
    throw new AssistantError('empty-question', message);
  }
  if (text.length > longestQuestion) {
    const message = `The question has ${text.length} characters, more than ${longestQuestion}. Ask the one sentence that matters, with the error message if there is one`;
    throw new AssistantError('question-too-long', message);
  }
  return text;
}

function listChapters({ outline, entries }: Knowledge): readonly ChapterSummary[] {
  const shown = [...entries.values()].filter((entry) => !entry.signpost);
  const byChapter = Map.groupBy(shown, ({ chapter }) => chapter);
  return Object.entries(outline.chapters).flatMap(([id, title]) => {
    const own = byChapter.get(id);
    if (own === undefined) return [];
    const summaries = own.map(({ id: entry, title: name, chapter, topic, demo }) => ({
      ...{ id: entry, title: name, chapter, topic, demo },
    }));
    return [{ id, title, entries: summaries }];
  });
}
