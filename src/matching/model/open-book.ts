import { readKnowledge } from '../../knowledge/read-knowledge.ts';
import type { Matcher } from '../match.ts';
import { editionKey } from './edition-key.ts';
import { type BookPlace, learnedBook, type OpenBook, openLearned, openPacked, openUnlearned } from './learned-book.ts';
import { readModel } from './model-folder.ts';

/**
 * Opens the book as it is at this moment: with its learned model where one is kept; else it is learned when it is first
 * asked, on this thread, and then kept. What parses and learns is loaded only where it is needed.
 * @param say told on the way how far learning is
 * @throws KnowledgeUnreadable, OutlineInvalid
 */
export async function openBook(place: BookPlace, say: (text: string) => void = () => undefined): Promise<OpenBook> {
  const knowledge = readKnowledge(place.folders);
  const key = editionKey(knowledge, place.root);
  const kept = readModel(place.models, key, learnedBook);
  if (kept) return openLearned(kept, key);
  const { readBook, learnAndKeep } = await import('./learn-book.ts');
  const { book } = readBook(knowledge, place.root);
  const learned = () => openPacked(learnAndKeep(place.models, book, key, say));
  return openUnlearned(
    book,
    key,
    deferMatcher(() => learned().matcher),
  );
}

/**
 * Makes a matcher that is made when it is first asked: learning a book takes as long as a thousand answers, and whoever
 * asks nothing should not wait for it.
 */
export function deferMatcher(make: () => Matcher): Matcher {
  let made: Matcher | null = null;
  const matcher = (): Matcher => {
    made ??= make();
    return made;
  };
  return {
    match: (question) => matcher().match(question),
    matchFollowUp: (question, previous) => matcher().matchFollowUp(question, previous),
    terms: (question) => matcher().terms(question),
  };
}
