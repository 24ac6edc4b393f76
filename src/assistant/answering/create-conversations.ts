import type { Store } from '../../store/store.ts';
import type { AnswerOut, Conversations } from '../conversations.ts';
import { gapOf } from '../gaps/gap-of.ts';
import { isSureFollowUp } from './follow-up.ts';
import { isTakenBack } from './taken-back.ts';

/** Milliseconds after an answer within which it follows the edits of its question. */
const followTime = 5 * 60_000;
/** Milliseconds for which what is written next in a place may go on from an answer in another thread of it. */
const goOnTime = 15 * 60_000;
/** How far back "asked lately" looks, in milliseconds, and how many entries it tells. */
const recent = { time: 7 * 24 * 60 * 60 * 1000, entries: 8 } as const;

/** Makes what remembers conversations. */
export function createConversations(
  store: () => Promise<Pick<Store, 'threads' | 'answers' | 'gaps' | 'keepAnswer'>>,
): Conversations {
  return {
    async recall(thread) {
      const memory = await (await store()).threads.get(thread);
      return memory && { entry: memory.lastEntry, people: memory.people, isPublic: memory.isPublic };
    },
    shownLast: async ({ team, place, person }) =>
      (await store()).threads.lastEntry(team, place, person, Date.now() - goOnTime),
    async addPeople(thread, known, people) {
      const { threads } = await store();
      for (const person of people) if (!known.includes(person)) await threads.addPerson(thread, person);
    },
    setPublic: async (thread, isPublic) => (await store()).threads.setPublic(thread, isPublic),
    async noteShown({ team, channel, thread }, entry, asker) {
      await (await store()).threads.put({ team, channel, thread, lastEntry: entry, lastAt: Date.now(), asker });
    },
    keepAnswer: async (answer) => (await store()).keepAnswer(toKept(answer, Date.now())),
    async noteAnswered(answer, asking) {
      const gap = gapOf(answer, asking, Date.now());
      if (gap !== null) await (await store()).gaps.add(gap);
    },
    async noteChosen({ team, place, event }) {
      await (await store()).gaps.remove(team, place, event);
    },
    async edited({ team, channel, ts }, text) {
      const known = await (await store()).answers.find(team, channel, ts);
      return known === null || known.question === text || Date.now() - known.at > followTime ? null : known;
    },
    async attach({ team, channel, message }, attached) {
      await (await store()).answers.attach(team, channel, message, attached);
    },
    async keepDone({ team, channel, ts, user, text }, message) {
      const done = { questionTs: ts, question: text, asker: user, at: Date.now(), answers: [], attached: [message] };
      await (await store()).answers.put({ team, channel, ...done });
    },
    deleted: async ({ team, channel, ts }) => (await store()).answers.find(team, channel, ts),
    async withdraw(answer, remove) {
      const { answers } = await store();
      if (!(await answers.remove(answer.team, answer.channel, answer.questionTs))) return;
      try {
        await remove();
      } catch (error) {
        await answers.put(answer);
        throw error;
      }
    },
    askedLately: async (team, viewer) =>
      (await store()).threads.recentEntries(team, viewer, Date.now() - recent.time, recent.entries),
    isSureFollowUp,
    isTakenBack,
  };
}

function toKept(
  { team, channel, thread, ts, user, text, answer, messages, at, previous, people }: AnswerOut,
  now: number,
) {
  const shown = answer?.reply.kind === 'answer' ? answer.reply.entry : null;
  return {
    thread: {
      ...{ team, channel, thread, asker: user, lastAt: now, lastEntry: shown ?? previous },
      ...(people === null ? {} : { people }),
    },
    answer: { team, channel, questionTs: ts, question: text, asker: user, at, answers: messages },
    gap: answer && gapOf(answer, { team, place: channel, person: user, event: ts }, now),
  };
}
