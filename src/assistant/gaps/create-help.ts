import type { PostedAnswer } from '../../store/answers.ts';
import type { Gap } from '../../store/gaps.ts';
import type { HelpRow } from '../../store/help-requests.ts';
import type { Store } from '../../store/store.ts';
import type { Help, HelpRequest, HelpState, HelpWish } from '../help.ts';
import { longestHelp } from '../limits.ts';
import { normaliseQuestion } from './normalise-question.ts';

const hour = 60 * 60_000;
/** Questions that one person passes on in an hour at most: whoever gets them has other things to do too. */
const mostAnHour = 5;
/** Milliseconds for which it is tried to tell an answer: later nobody waits for it in the place where they asked. */
const longestTelling = 24 * hour;
/** Milliseconds in which whoever took an answer tells it; then others do. */
const telling = 2 * 60_000;

type HelpStore = Pick<Store, 'gaps' | 'votes' | 'answers' | 'helpRequests'>;

/** Makes what passes questions on to people. */
export function createHelp(store: () => Promise<HelpStore>): Help {
  const told = async (row: HelpRow | null) => (row === null ? null : toRequest(await store(), row));
  return {
    async ask(wish, pass) {
      const opened = await store();
      const { team, place, event } = wish.asking;
      const { id, added } = await opened.gaps.add(gapFor(wish));
      const became = await escalate(opened, wish, id);
      if (became === 'too-often' && added) await opened.gaps.remove(team, place, event);
      const row = became === 'passed' ? await opened.helpRequests.find(team, id) : null;
      if (became !== 'passed' || row === null) return { type: became === 'passed' ? 'before' : became };
      const request = await toRequest(opened, row);
      const asked = await pass(request).catch(async (error: unknown) => {
        await opened.gaps.withdraw(team, id);
        throw error;
      });
      await opened.helpRequests.noteAsked(team, id, asked);
      return { type: 'passed', request: { ...request, asked } };
    },
    find: async (team, id) => told(await (await store()).helpRequests.find(team, id)),
    findFor: async (team, place, event) => told(await (await store()).helpRequests.findFor(team, place, event)),
    noteAsked: async (team, id, message) => (await store()).helpRequests.noteAsked(team, id, message),
    noteNotice: async (team, id, message) => (await store()).helpRequests.noteNotice(team, id, message),
    take: async (team, id, person) => (await store()).helpRequests.take(team, id, person),
    giveBack: async (team, id, person) => (await store()).helpRequests.giveBack(team, id, person),
    async answer(team, id, person, text) {
      const kept = text.trim().slice(0, longestHelp).toWellFormed();
      return (await store()).helpRequests.answer(team, id, person, kept === '' ? null : kept, Date.now());
    },
    async takeBack(team, place, event) {
      const opened = await store();
      const row = await opened.helpRequests.findFor(team, place, event);
      if (row === null || row.answeredBy !== null) return null;
      const request = await toRequest(opened, row);
      await opened.gaps.withdraw(team, row.id);
      await opened.gaps.remove(team, place, event);
      return request;
    },
    async untold(team) {
      const opened = await store();
      const now = Date.now();
      const rows = await opened.helpRequests.untold(team, now - longestTelling, now - telling);
      return Promise.all(rows.map((row) => toRequest(opened, row)));
    },
    noteTold: async (team, id) => (await store()).helpRequests.noteTold(team, id),
  };
}

function gapFor({ asking, question, entry, at }: HelpWish) {
  return {
    ...{ ...asking, question, at, normalised: normaliseQuestion(question) },
    ...{ kind: 'escalated' as const, nearest: entry === null ? [] : [entry] },
  };
}

/** Marks the gap as passed on, with whose question it is and where the answer goes. */
async function escalate(
  { gaps, answers }: HelpStore,
  { asking, thread, hidden, permalink, at }: HelpWish,
  id: string,
): Promise<'passed' | 'before' | 'too-often'> {
  const { team, place, event, person } = asking;
  const posted = (await answers.findByMessage(team, place, event)) ?? (await answers.find(team, place, event));
  const gap = await gaps.get(team, id);
  // What only one person sees has nobody else who could have asked, and no place where others could answer.
  const alone = hidden && posted === null;
  return gaps.escalate(team, id, {
    ...{ by: person, at, permalink },
    asker: alone ? person : askerOf(gap, posted),
    reply: alone ? { channel: person, thread: null } : { channel: place, thread: thread ?? posted?.questionTs ?? null },
    limit: { since: at - hour, most: mostAnHour },
  });
}

/** Whoever voted an answer down need not be who asked; of a question without an answer nobody else can have. */
function askerOf(gap: Gap | null, posted: PostedAnswer | null): string | null {
  if (posted !== null) return posted.asker;
  return gap?.kind === 'unknown' || gap?.kind === 'no-choice' ? gap.person : null;
}

async function toRequest({ votes, answers }: HelpStore, row: HelpRow): Promise<HelpRequest> {
  const { id, team, place, event, kind, asker, passedBy, permalink, nearest } = row;
  const answered = kind === 'voted-down' || kind === 'escalated';
  const cast = answered ? await votes.forMessage(team, place, event) : [];
  // A button remembers only the beginning of a long question.
  const posted = answered ? await answers.findByMessage(team, place, event) : null;
  return {
    ...{ id, team, asker, passedBy, permalink, question: posted?.question ?? row.question },
    shown: answered ? (nearest[0] ?? null) : null,
    nearest: answered ? [] : nearest,
    reasons: cast.flatMap(({ person, vote, reason }) =>
      vote === 'not-helpful' && reason !== null ? [{ person, reason }] : [],
    ),
    state: stateOf(row),
    reply: { channel: row.replyChannel, thread: row.replyThread },
    asked: messageOf(row.askedChannel, row.askedTs),
    notice: messageOf(row.noticeChannel, row.noticeTs),
  };
}

function stateOf({ takenBy, answeredBy, answer }: HelpRow): HelpState {
  if (answeredBy !== null) return { type: 'answered', by: answeredBy, text: answer };
  return takenBy === null ? { type: 'open' } : { type: 'taken', by: takenBy };
}

function messageOf(channel: string | null, ts: string | null) {
  return channel === null || ts === null ? null : { channel, ts };
}
