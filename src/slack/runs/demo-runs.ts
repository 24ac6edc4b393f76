import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { RunEvent } from '../../assistant/assistant.ts';
import { AssistantError } from '../../assistant/assistant-error.ts';
import type { Report } from '../../assistant/report.ts';
import type { Needs } from '../parts.ts';
import { askerOf } from '../people/asker.ts';
import { nameOf } from '../people/name-of.ts';
import type { Requester } from '../people/requester.ts';
import { openLiveMessage } from '../transport/live-message.ts';
import type { Destination, Posted } from '../transport/post.ts';
import { type ActiveRun, type ActiveRuns, createActiveRuns, waitForClick } from './active-runs.ts';
import type { TellElsewhere } from './elsewhere.ts';
import { followRun } from './follow-run.ts';
import { runMessage } from './run-message.ts';
import { newRun } from './run-state.ts';

/** Milliseconds after which a run that has told nothing yet is shown all the same, so that a press is seen to work. */
const patience = 300;
/** Milliseconds that the end of the program waits for Slack to take the last edits. */
const settleTime = 10_000;

/** A request to run a demo in a message. */
export interface RunDemand {
  readonly demo: string;
  readonly who: Requester;
  /** The channel in which it was asked for, which permissions go by. */
  readonly askedIn: string;
  /** Where the run is shown. */
  readonly where: Destination;
  /** The message there that it takes the place of; one of its own where left out. */
  readonly replaces?: Posted;
  /** Whether each step waits for a click of whoever started it. */
  readonly stepByStep?: boolean;
  /** Says where it is shown, where that is not where it was asked for. */
  readonly onElsewhere?: TellElsewhere;
  /** Hears which message shows it. */
  readonly onShown?: (at: Posted) => void;
}

/** Runs demos in messages. */
export interface DemoRuns extends Pick<ActiveRuns, 'next' | 'stop' | 'stopAt' | 'stopOwn' | 'runsOwn' | 'stopTeam'> {
  /**
   * Runs a demo in a message, edited in place until the end.
   * @returns the report; null where the run came to none
   * @throws AssistantError if the run is refused; the client's error if nothing can be posted
   */
  run(client: WebClient, demand: RunDemand): Promise<Report | null>;
  /**
   * Waits until the messages of all runs have their last edit, or Slack takes too long.
   * @param others what is waited for as long beside them
   */
  settle(others: Promise<void>): Promise<void>;
}

/** Makes the runner of demos in messages. */
export function createDemoRuns(parts: Needs<'assistant' | 'log' | 'people'>): DemoRuns {
  const active = createActiveRuns();
  const open = new Set<Promise<void>>();

  async function run(client: WebClient, demand: RunDemand): Promise<Report | null> {
    const key = randomUUID();
    const own = active.enter(key, demand);
    try {
      const onShown = (at: Posted) => {
        active.showAt(own, at);
        demand.onShown?.(at);
      };
      return await runInMessage(parts, client, { ...demand, onShown }, key, own);
    } finally {
      active.leave(key);
    }
  }

  return {
    next: active.next,
    stop: active.stop,
    stopAt: active.stopAt,
    stopOwn: active.stopOwn,
    runsOwn: active.runsOwn,
    stopTeam: active.stopTeam,
    run(client, demand) {
      const running = run(client, demand);
      const settled = running.then(
        () => undefined,
        () => undefined,
      );
      open.add(settled);
      void settled.then(() => open.delete(settled));
      return running;
    },
    async settle(others) {
      await Promise.race([Promise.all([...open, others]), sleep(settleTime, undefined, { ref: false })]);
    },
  };
}

async function runInMessage(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  { demo: id, who, askedIn, where, replaces, stepByStep = false, onElsewhere, onShown }: RunDemand,
  key: string,
  own: ActiveRun,
): Promise<Report | null> {
  const { assistant, log } = parts;
  const demo = assistant.demos().find((candidate) => candidate.id === id);
  if (!demo)
    throw new AssistantError('unknown-demo', 'This demo is no longer there. Ask again to see what there is now');
  const asker = await askerOf(parts, client, who, askedIn);
  const steps = stepByStep ? { beforeStep: waitForClick(own) } : {};
  const recorded = Promise.withResolvers<string>();
  const onRecord = recorded.resolve;
  const run = assistant.runDemo({ demo: id, ...asker, signal: own.stop.signal, onRecord, ...steps });
  const events = run[Symbol.asyncIterator]();
  try {
    // A refusal comes before the first event, so a run that is refused posts nothing.
    const begun: Promise<IteratorResult<RunEvent>> = events.next();
    const moment = sleep(patience, null, { ref: false });
    // Where nobody else is, nobody needs to be told who started it.
    const name = isShared(where) ? nameOf(parts, client, who) : null;
    const [, startedBy] = await Promise.all([Promise.race([begun, moment]), Promise.race([name, moment])]);
    const first = newRun(key, demo, startedBy);
    const live = await openLiveMessage(client, where, who.user, runMessage(first), log, replaces);
    onShown?.(live.at);
    if (live.at.channel !== askedIn) void onElsewhere?.(live.at);
    // At once, and not with the first event: a kill in between would leave a message that nobody finds again.
    void recorded.promise.then((runId) => noteMessage(parts, runId, live.at));
    return await followRun(parts, { demo, own, live, first, events: { begun, next: () => events.next() } });
  } finally {
    // Where nothing could be shown, the run goes no further.
    own.stop.abort();
    await events.return?.();
  }
}

/** Without the note a run that breaks off cannot be told so; that is no reason to break off, or to wait. */
async function noteMessage(
  { assistant, log }: Needs<'assistant' | 'log'>,
  runId: string,
  message: Posted,
): Promise<void> {
  try {
    await assistant.noteRunMessage(runId, message);
  } catch (error) {
    log.error({ error }, 'the message of a run could not be put on record');
  }
}

function isShared({ channel }: Destination): boolean {
  return !/^[DUW]/.test(channel);
}
