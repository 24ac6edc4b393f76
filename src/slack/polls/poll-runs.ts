import type { WebClient } from '@slack/web-api';
import { attachTo } from '../answers/attach.ts';
import type { Needs } from '../parts.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { type AskedPoll, idOf, keyOf, type Poll } from './poll.ts';
import type { PollBoard } from './poll-board.ts';
import { createPollTimers } from './poll-timers.ts';
import { tellVoters } from './tell-voters.ts';

const notEnded = 'The demo did not come to its end. You may change your guess; anybody may run it now.';

/** Runs the demos of polls, each once at a time. */
export interface PollRuns {
  isRunning(poll: Poll): boolean;
  /** Runs a poll by itself once its time is over. */
  schedule(client: WebClient, asked: AskedPoll): void;
  /**
   * Runs a poll's demo, and tells in its message and to everybody alone how they guessed; nothing where its message is
   * gone. @throws as `DemoRuns.run`
   */
  run(client: WebClient, asked: AskedPoll, user: string): Promise<void>;
  /** Waits until what runs has been shown and told to its end. */
  settle(): Promise<void>;
}

/** Makes what runs the demos of polls. */
export function createPollRuns(parts: Needs<'assistant' | 'log'>, runs: DemoRuns, board: PollBoard): PollRuns {
  const { log } = parts;
  const { polls } = parts.assistant;
  const timers = createPollTimers();
  const started = new Set<string>();
  const open = new Set<Promise<unknown>>();

  async function run(client: WebClient, asked: AskedPoll, user: string): Promise<void> {
    const id = idOf(asked.poll);
    if (started.has(id)) return;
    started.add(id);
    timers.stop(id);
    try {
      if (await board.show(client, asked, { type: 'running' })) await runShown(client, asked, user);
    } finally {
      started.delete(id);
    }
  }

  /** Only a run whose claims held says who was right; after any other the poll is open again. */
  async function runShown(client: WebClient, asked: AskedPoll, user: string): Promise<void> {
    const { poll, demo } = asked;
    const { team, where, askedIn } = poll;
    let held = false;
    try {
      const onShown = attachTo(parts, { team, channel: where.channel, message: poll.ts });
      const report = await runs.run(client, { demo: demo.id, who: { team, user }, askedIn, where, onShown });
      held = report?.outcome === 'held';
      if (held) await polls.close(keyOf(poll), demo.id, demo.question.right);
    } finally {
      started.delete(idOf(poll));
      if (!held) await openToAll(parts, poll);
      await board.show(client, asked, held ? { type: 'ended' } : { type: 'open', note: notEnded });
    }
    if (held) await tellVoters(parts, client, asked);
  }

  function start(client: WebClient, asked: AskedPoll, user: string): Promise<void> {
    const running = run(client, asked, user);
    const settled = running.catch(() => undefined).finally(() => open.delete(settled));
    open.add(settled);
    return running;
  }

  return {
    run: start,
    settle: async () => void (await Promise.all(open)),
    isRunning: (poll) => started.has(idOf(poll)),
    schedule(client, asked) {
      const { asker, until } = asked.poll;
      timers.start(idOf(asked.poll), until, () => {
        start(client, asked, asker).catch((error: unknown) => log.warn({ error }, 'a poll could not be run'));
      });
    },
  };
}

async function openToAll({ assistant, log }: Needs<'assistant' | 'log'>, poll: Poll): Promise<void> {
  try {
    await assistant.polls.openToAll(keyOf(poll));
  } catch (error) {
    log.error({ error }, 'a poll stays with whoever opened it');
  }
}
