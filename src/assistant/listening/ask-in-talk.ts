import type { Answers } from '../assistant.ts';
import type { Talk } from '../listening.ts';
import type { Answer } from '../reply.ts';
import { pointsBack, speaksOfIt } from './pointing.ts';

type Ask = Answers['ask'];

/** What a mention without a word is answered with, where nothing was written before it. */
const helpQuestion = 'help';
/** The messages that are looked at, from the last: beyond them a conversation is about something else. */
const mostLooked = 6;

/**
 * Answers a message in its conversation. One that stands for itself is answered by itself; one that points back ("any
 * idea?") means what was written before, first of all how the conversation began; one that speaks of something it does
 * not name ("how do I get it back?") is read together with that.
 * @throws AssistantError, and what `earlier` throws
 */
export async function askInTalk(ask: Ask, text: string, talk: Talk): Promise<Answer> {
  if (pointsBack(text)) {
    const meant = answerEarlier(ask, await talk.earlier(), talk.entry);
    return meant ?? ask(text.trim() === '' ? helpQuestion : text, talk.entry);
  }
  const own = ask(text, talk.entry);
  if (isSettled(own)) return own;
  const [root] = await talk.earlier();
  const begun = root === undefined ? null : tryAsk(ask, root, null);
  if (begun?.match.entry == null) return own;
  const together = ask(text, begun.match.entry);
  if (together.match.outcome === 'answer') return together;
  const leans = own.match.outcome === 'unknown' && own.match.signpost === null && speaksOfIt(text);
  return leans && begun.match.entry !== talk.entry ? begun : own;
}

/** Of what was written before: the beginning if the book answers it, else the latest that it does. */
function answerEarlier(ask: Ask, earlier: readonly string[], shown: string | null): Answer | null {
  const [root, ...later] = earlier;
  if (root === undefined) return null;
  const latest = later.slice(-mostLooked).reverse();
  // Once something was answered, what was written since then is meant.
  const order = shown === null ? [root, ...latest] : [...latest, root];
  const answers = order.flatMap((text) => tryAsk(ask, text, null) ?? []);
  const whole = latest.length === 0 ? null : tryAsk(ask, [root, ...later.slice(-mostLooked)].join('\n'), null);
  const sure = [...answers, ...(whole === null ? [] : [whole])].find(
    ({ match }) => match.outcome === 'answer' && match.entry !== shown,
  );
  const open = answers.find(({ match }) => match.smallTalk === null && match.outcome === 'choices');
  return sure ?? open ?? (shown === null ? (answers.find(({ match }) => match.smallTalk === null) ?? null) : null);
}

function isSettled({ match }: Answer): boolean {
  return match.outcome === 'answer' || match.smallTalk !== null;
}

/** What was written before was not written to be asked: it may be empty, or too long. */
function tryAsk(ask: Ask, text: string, previous: string | null): Answer | null {
  const question = text.trim().slice(0, longestEarlier);
  return question === '' ? null : ask(question, previous);
}

/** Characters of an earlier message that are looked at. */
const longestEarlier = 1000;
