import type { WebClient } from '@slack/web-api';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { createPollOpener, type OpenPolls } from './open-poll.ts';
import { type AskedPoll, keyOf, openStage } from './poll.ts';
import { createPollBoard } from './poll-board.ts';
import { readGuess } from './poll-message.ts';
import { createPollRuns } from './poll-runs.ts';
import { restorePolls } from './restore-polls.ts';

/** Milliseconds after which a poll runs by itself. */
const pollTime = 120_000;

/** Predictions: everybody guesses before a demo runs, and its end says how many were right. */
export interface Polls extends Pick<OpenPolls, 'open'> {
  /**
   * Goes on with the polls that an earlier process left.
   * @param clientOf gives the client of a workspace; null where the app is not installed
   */
  restore(clientOf: (team: string) => Promise<WebClient | null>): Promise<void>;
  /** Waits until the polls that run have been told to their end. */
  settle(): Promise<void>;
  /** Their buttons. */
  readonly actions: ActionHandlers<typeof actionIds.predict | typeof actionIds.guess | typeof actionIds.closePoll>;
}

/** Makes the predictions. */
export function createPolls(
  parts: Needs<'assistant' | 'log' | 'people'>,
  runs: DemoRuns,
  { time = pollTime }: { readonly time?: number } = {},
): Polls {
  const { assistant } = parts;
  const board = createPollBoard(parts);
  const pollRuns = createPollRuns(parts, runs, board);
  const { open, openPressed } = createPollOpener(parts, pollRuns, time);

  async function guess(press: Pressed): Promise<void> {
    const { client, who, tell } = press;
    const asked = await findPoll(press);
    const option = asked && readGuess(press.value, asked.demo);
    if (asked === null || option === null) return tellOutdated(press);
    const { poll, demo } = asked;
    const prediction = { ...keyOf(poll), demo: demo.id, person: who.user, option, at: press.at };
    if (pollRuns.isRunning(poll) || !(await assistant.polls.guess(prediction)))
      return tell(plainMessage('The demo runs already, so this guess came too late.'));
    await board.showGuesses(client, asked, () => (pollRuns.isRunning(poll) ? null : openStage(poll)));
  }

  async function close(press: Pressed): Promise<void> {
    const asked = await findPoll(press);
    if (asked === null) return tellOutdated(press);
    const { poll } = asked;
    if (press.who.user !== poll.asker && Date.now() < poll.until)
      return press.tell(plainMessage('Whoever opened this runs it, or it runs by itself after two minutes.'));
    const { right } = await assistant.polls.tally(keyOf(poll));
    if (pollRuns.isRunning(poll) || right !== null) return press.tell(plainMessage('The demo runs already.'));
    await pollRuns.run(press.client, asked, press.who.user);
  }

  /** The poll whose button was pressed; null where none was opened there. */
  async function findPoll({ who, where, ts }: Pressed): Promise<AskedPoll | null> {
    if (where === null || ts === null) return null;
    const at = { channel: where.channel, thread: where.thread ?? ts };
    const found = await assistant.polls.find(keyOf({ team: who.team, where: at, ts }));
    const demo = found && assistant.demos().find(({ id }) => id === found.demo);
    return found && demo ? { demo, poll: { ...found, team: who.team, where: at, ts } } : null;
  }

  return {
    open,
    settle: pollRuns.settle,
    restore: (clientOf) => restorePolls(parts, clientOf, { board, pollRuns }),
    actions: { [actionIds.predict]: openPressed, [actionIds.guess]: guess, [actionIds.closePoll]: close },
  };
}
