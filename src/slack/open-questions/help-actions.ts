import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { HelpRequest } from '../../assistant/help.ts';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { nameOf } from '../people/name-of.ts';
import { type ActionHandlers, type Pressed, showModal, tellOutdated } from '../presses/action-handler.ts';
import { actionIds, actionOf } from '../presses/action-ids.ts';
import type { Submission, SubmissionAnswer } from '../presses/submission.ts';
import { showHelp, tellHelp } from './help-state.ts';
import { helpAnswer, helpView } from './help-view.ts';

type Parts = Needs<'assistant' | 'log' | 'people'>;

const metadataSchema = z.object({ id: z.string() });
/** An old one is kept no more, which looks the same. */
const goneWords = 'This question was taken back, or is too old to be kept. Nobody needs to answer it any more.';

const voteSchema = z.object({ place: z.string(), message: z.string() });

/** The buttons of a question for a person: take it, give it back, answer it. */
export function helpActions(parts: Parts) {
  const { help } = parts.assistant;

  /**
   * The request whose message was pressed: a button says which, and stands only where the question was posted. Where
   * that was not kept, since whoever posted it died or Slack's stand-in names a conversation otherwise, it is now.
   * @returns null where there is none, which whoever pressed was told
   */
  async function findPressed(press: Pressed): Promise<HelpRequest | null> {
    const { who, where, ts, value } = press;
    const request = await help.find(who.team, value);
    if (request === null) return tellNone(press.tell(plainMessage(goneWords)));
    if (where === null || ts === null) return tellNone(tellOutdated(press));
    const { asked, team, id } = request;
    if (asked?.channel === where.channel) return request;
    if (asked !== null && !/^[UW]/.test(asked.channel)) return tellNone(tellOutdated(press));
    const found = { channel: where.channel, ts };
    await help.noteAsked(team, id, found);
    return { ...request, asked: found };
  }

  async function change(press: Pressed, make: (request: HelpRequest) => Promise<boolean>): Promise<void> {
    const request = await findPressed(press);
    if (request === null) return;
    const { team, id } = request;
    const changed = await make(request);
    const now = await help.find(team, id);
    if (now === null) return press.tell(plainMessage(goneWords));
    if (!changed) await press.tell(plainMessage(await whyNot(press, now)));
    await showHelp(parts, press.client, team, id);
  }

  async function whyNot({ client, who, action }: Pressed, { team, state }: HelpRequest): Promise<string> {
    if (state.type === 'open') return 'Nobody has it now.';
    if (state.type === 'answered') return 'It is answered already.';
    if (actionOf(action) !== actionIds.giveBackHelp || state.by === who.user) return 'Somebody has it already.';
    const name = await nameOf(parts, client, { team, user: state.by });
    return `Only ${name ?? 'the colleague who has taken it'} can give it back.`;
  }

  return {
    [actionIds.takeHelp]: (press) => change(press, ({ team, id }) => help.take(team, id, press.who.user)),
    [actionIds.giveBackHelp]: (press) => change(press, ({ team, id }) => help.giveBack(team, id, press.who.user)),
    async [actionIds.answerHelp](press) {
      const request = await findPressed(press);
      if (request === null) return;
      if (request.state.type === 'answered') return press.tell(plainMessage('It is answered already.'));
      await showModal(press, helpView(request));
    },
  } satisfies Partial<ActionHandlers>;
}

async function tellNone(told: Promise<void>): Promise<null> {
  await told;
  return null;
}

/** Keeps the answer that came back, and tells it at both ends once the window is closed. */
export async function takeHelpAnswer(
  parts: Parts,
  client: WebClient,
  { who, metadata, values }: Submission,
): Promise<SubmissionAnswer> {
  const { help } = parts.assistant;
  const key = metadataSchema.safeParse(metadata);
  const text = helpAnswer(values);
  if (!key.success || text === null) return 'outdated';
  try {
    if (!(await help.answer(who.team, key.data.id, who.user, text))) {
      const gone = (await help.find(who.team, key.data.id)) === null;
      return { notice: gone ? goneWords : 'Somebody has answered this already, and whoever asked was told.' };
    }
  } catch (error) {
    parts.log.error({ error }, 'the answer of a person could not be kept');
    return { errors: { answer: 'I could not keep this just now. Please send it again in a moment.' } };
  }
  void finish(parts, client, who.team, key.data.id).catch((error: unknown) =>
    parts.log.warn({ error }, 'whoever asked was not told the answer; it is tried again'),
  );
  return 'done';
}

async function finish(parts: Parts, client: WebClient, team: string, id: string): Promise<void> {
  const request = await parts.assistant.help.find(team, id);
  if (request === null) return;
  await tellHelp(parts, client, request);
  await showHelp(parts, client, team, id);
}

/** Adds what was wrong with an answer to a question that was passed on before that was said. */
export async function showReason(parts: Parts, client: WebClient, { who, metadata }: Submission): Promise<void> {
  const vote = voteSchema.safeParse(metadata);
  if (!vote.success) return;
  try {
    const request = await parts.assistant.help.findFor(who.team, vote.data.place, vote.data.message);
    if (request !== null) await showHelp(parts, client, who.team, request.id);
  } catch (error) {
    parts.log.warn({ error }, 'a question for a person lacks what was wrong with the answer');
  }
}
