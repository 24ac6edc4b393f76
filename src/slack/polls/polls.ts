import type { WebClient } from '@slack/web-api';
import { AssistantError } from '../../assistant/assistant-error.ts';
import type { OpenPoll } from '../../assistant/polls.ts';
import { speaksIn } from '../answers/answer-channels.ts';
import { attachTo } from '../answers/attach.ts';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { askerOf } from '../people/asker.ts';
import { type ActionHandlers, type Pressed, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import type { DemoRuns, RunDemand } from '../runs/demo-runs.ts';
import { tellElsewhere } from '../runs/elsewhere.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { type Destination, edit, postOrSend, remove } from '../transport/post.ts';
import { createTurns } from '../transport/turns.ts';
import { type PollStage, pollMessage, readGuess } from './poll-message.ts';

/** Milliseconds after which a poll runs by itself. */
const pollTime = 120_000;
/** Polls that wait for their time at most; further ones wait for a click. */
const mostTimers = 500;

const waitsForRun = 'Pick one; you may change it. Anybody may run it now.';

/** A poll where it stands. */
interface Poll extends OpenPoll {
  readonly team: string;
  readonly where: Destination;
  readonly ts: string;
}

/** Predictions: everybody guesses before a demo runs, and its end says how many were right. */
export interface Polls {
  /**
   * Asks a demo's question in a message of its own; where the bot may not write, in the conversation with whoever asked.
   * @throws AssistantError if the demo is gone, or whoever asks may not run it there; StoreUnavailable; the client's
   *   error if nothing can be posted
   */
  open(client: WebClient, demand: Omit<RunDemand, 'stepByStep'>): Promise<void>;
  /** Their buttons. */
  readonly actions: ActionHandlers<typeof actionIds.predict | typeof actionIds.guess | typeof actionIds.closePoll>;
}

/** Makes the predictions. */
export function createPolls(
  parts: Needs<'assistant' | 'log' | 'people'>,
  runs: DemoRuns,
  { time = pollTime }: { readonly time?: number } = {},
): Polls {
  const { assistant, log } = parts;
  const { polls } = assistant;
  const timers = new Map<string, NodeJS.Timeout>();
  const started = new Set<string>();
  const stale = new Set<string>();
  const turns = createTurns();

  const idOf = ({ where, ts }: Pick<Poll, 'where' | 'ts'>) => `${where.channel}:${ts}`;
  const keyOf = (poll: Pick<Poll, 'team' | 'where' | 'ts'>) => ({ team: poll.team, poll: idOf(poll) });
  const demoOf = (id: string) => assistant.demos().find((demo) => demo.id === id);

  async function show(client: WebClient, poll: Poll, stage: PollStage): Promise<void> {
    const demo = demoOf(poll.demo);
    if (!demo) return;
    const tally = await polls.tally(keyOf(poll));
    const message = pollMessage(demo, tally, stage);
    // What cannot be shown counts all the same, and keeps no demo from running.
    await edit(client, { channel: poll.where.channel, ts: poll.ts }, message).catch((error: unknown) =>
      log.warn({ error }, 'a poll stays as it was shown'),
    );
  }

  async function open(
    client: WebClient,
    { demo: id, who, askedIn, where, onElsewhere, onShown }: RunDemand,
  ): Promise<void> {
    const demo = demoOf(id);
    if (!demo)
      throw new AssistantError('unknown-demo', 'This demo is no longer there. Ask again to see what there is now');
    await assistant.checkRun(await askerOf(parts, client, who, askedIn));
    const first = pollMessage(demo, { options: [], right: null }, { type: 'open', note: null });
    const { channel, ts } = await postOrSend(client, where, who.user, first);
    const thread = (channel === where.channel ? where.thread : undefined) ?? ts;
    const now = Date.now();
    const state = { demo: demo.id, asker: who.user, askedIn, until: now + time };
    const poll = { ...state, team: who.team, where: { channel, thread }, ts };
    try {
      await polls.open({ ...state, ...keyOf(poll), at: now });
    } catch (error) {
      // Nobody could guess in it.
      await remove(client, { channel, ts });
      throw error;
    }
    onShown?.({ channel, ts });
    if (channel !== askedIn) void onElsewhere?.({ channel, ts });
    if (timers.size >= mostTimers) return;
    const timer = setTimeout(() => {
      run(client, poll).catch((error: unknown) => log.warn({ error }, 'a poll could not be run'));
    }, time);
    timers.set(idOf(poll), timer.unref());
  }

  /** As a demo, a prediction is made where others see it only if its button stands there. */
  async function openPressed(press: Pressed): Promise<void> {
    const { client, value, who, where, message, private: hidden } = press;
    const { answerChannels } = await settingsOf(parts, who.team);
    const shown = where !== null && !hidden && speaksIn(answerChannels, where.channel);
    const askedIn = where?.channel ?? who.user;
    const why = hidden ? 'private' : shown ? 'not-there' : 'not-wanted';
    const told = where === null ? {} : { onElsewhere: tellElsewhere(parts, press, 'The question is', why) };
    const to = where === null || message === null ? null : { team: who.team, channel: where.channel, message };
    const attached = to === null ? {} : { onShown: attachTo(parts, to) };
    const demand = { demo: value, who, askedIn, where: shown ? where : { channel: who.user } };
    await open(client, { ...demand, ...told, ...attached });
  }

  /** Many guesses at once are shown by few edits: each shows all that came before it. */
  async function guess(press: Pressed): Promise<void> {
    const { client, who, tell } = press;
    const poll = await findPoll(press);
    const demo = poll && demoOf(poll.demo);
    const option = demo ? readGuess(press.value, demo) : null;
    if (!poll || !demo || option === null) return tellOutdated(press);
    const prediction = { team: who.team, poll: idOf(poll), demo: demo.id, person: who.user, option, at: press.at };
    if (started.has(idOf(poll)) || !(await polls.guess(prediction)))
      return tell(plainMessage('The demo runs already, so this guess came too late.'));
    if (stale.has(idOf(poll))) return;
    stale.add(idOf(poll));
    await turns.take(idOf(poll), async () => {
      stale.delete(idOf(poll));
      if (!started.has(idOf(poll))) await show(client, poll, { type: 'open', note: noteFor(poll) });
    });
  }

  async function close(press: Pressed): Promise<void> {
    const poll = await findPoll(press);
    if (!poll) return tellOutdated(press);
    if (press.who.user !== poll.asker && Date.now() < poll.until)
      return press.tell(plainMessage('Whoever opened this runs it, or it runs by itself after two minutes.'));
    const { right } = await polls.tally(keyOf(poll));
    if (started.has(idOf(poll)) || right !== null) return press.tell(plainMessage('The demo runs already.'));
    await run(press.client, poll, press.who.user);
  }

  /** Only a run whose claims held says who was right; after any other the poll is open again. */
  async function run(client: WebClient, poll: Poll, user: string = poll.asker): Promise<void> {
    const id = idOf(poll);
    const demo = demoOf(poll.demo);
    if (started.has(id) || !demo) return;
    started.add(id);
    clearTimeout(timers.get(id));
    timers.delete(id);
    const { team, where, askedIn } = poll;
    let held = false;
    try {
      await turns.take(id, () => show(client, poll, { type: 'running' }));
      const who = { team, user };
      const onShown = attachTo(parts, { team, channel: where.channel, message: poll.ts });
      const report = await runs.run(client, { demo: demo.id, who, askedIn, where, onShown });
      held = report?.outcome === 'held';
      if (held) await polls.close(keyOf(poll), demo.id, demo.question.right);
    } finally {
      started.delete(id);
      const again: PollStage = { type: 'open', note: `The demo did not come to its end. ${waitsForRun}` };
      if (!held) await openToAll(poll);
      await turns.take(id, () => show(client, poll, held ? { type: 'ended' } : again));
    }
  }

  async function openToAll(poll: Poll): Promise<void> {
    try {
      await polls.openToAll(keyOf(poll));
    } catch (error) {
      log.error({ error }, 'a poll stays with whoever opened it');
    }
  }

  /** The poll whose button was pressed; null where none was opened there. */
  async function findPoll({ who, where, ts }: Pressed): Promise<Poll | null> {
    if (where === null || ts === null) return null;
    const found = await polls.find(keyOf({ team: who.team, where, ts }));
    return found && { ...found, team: who.team, where, ts };
  }

  return {
    open,
    actions: { [actionIds.predict]: openPressed, [actionIds.guess]: guess, [actionIds.closePoll]: close },
  };
}

/** A poll whose time is over without a run was cut off by a restart. */
function noteFor({ until }: OpenPoll): string | null {
  return Date.now() < until ? null : waitsForRun;
}
