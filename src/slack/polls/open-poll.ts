import type { WebClient } from '@slack/web-api';
import { AssistantError } from '../../assistant/assistant-error.ts';
import { speaksIn } from '../answers/answer-channels.ts';
import { attachTo } from '../answers/attach.ts';
import type { Needs } from '../parts.ts';
import { askerOf } from '../people/asker.ts';
import { nameOf } from '../people/name-of.ts';
import type { Pressed } from '../presses/action-handler.ts';
import type { RunDemand } from '../runs/demo-runs.ts';
import { tellElsewhere } from '../runs/elsewhere.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { postOrSend, remove } from '../transport/post.ts';
import { createOpenOnce } from './open-once.ts';
import { isDirect, keyOf, type Poll } from './poll.ts';
import { pollMessage } from './poll-message.ts';
import type { PollRuns } from './poll-runs.ts';

/** Opens polls. */
export interface OpenPolls {
  /**
   * Asks a demo's question in a message of its own; where the bot may not write, in the conversation with whoever asked.
   * @throws AssistantError if the demo is gone, whoever asks may not run it there, or has its question open there
   *   already; StoreUnavailable; the client's error if nothing can be posted
   */
  open(client: WebClient, demand: Omit<RunDemand, 'stepByStep'>): Promise<void>;
  /** Does so for a button. @throws as `open` */
  openPressed(press: Pressed): Promise<void>;
}

/**
 * Makes what opens polls.
 * @param time milliseconds after which one runs by itself
 */
export function createPollOpener(
  parts: Needs<'assistant' | 'log' | 'people'>,
  pollRuns: Pick<PollRuns, 'schedule'>,
  time: number,
): OpenPolls {
  const { assistant } = parts;
  const openOnce = createOpenOnce(async (poll) => (await assistant.polls.tally(keyOf(poll))).right === null);

  async function open(client: WebClient, demand: RunDemand): Promise<void> {
    const { demo, who, where } = demand;
    const key = JSON.stringify([who.team, where.channel, where.thread ?? null, demo, who.user]);
    await openOnce(key, () => openNew(client, demand));
  }

  async function openNew(
    client: WebClient,
    { demo: id, who, askedIn, where, onElsewhere, onShown }: RunDemand,
  ): Promise<Poll> {
    const demo = assistant.demos().find((each) => each.id === id);
    if (!demo)
      throw new AssistantError('unknown-demo', 'This demo is no longer there. Ask again to see what there is now');
    await assistant.checkRun(await askerOf(parts, client, who, askedIn));
    const openedBy = isDirect({ where }) ? null : await nameOf(parts, client, who);
    const place = { openedBy, direct: false, ownThread: false };
    const first = pollMessage(demo, { options: [], right: null }, { type: 'open', note: null }, place);
    const { channel, ts } = await postOrSend(client, where, who.user, first);
    const thread = (channel === where.channel ? where.thread : undefined) ?? ts;
    const now = Date.now();
    const state = { demo: demo.id, asker: who.user, askedIn, until: now + time, thread };
    const poll = { ...state, team: who.team, where: { channel, thread }, ts };
    try {
      await assistant.polls.open({ ...state, ...keyOf(poll), at: now });
    } catch (error) {
      // Nobody could guess in it.
      await remove(client, { channel, ts });
      throw error;
    }
    onShown?.({ channel, ts });
    if (channel !== askedIn) void onElsewhere?.({ channel, ts });
    pollRuns.schedule(client, { poll, demo });
    return poll;
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

  return { open, openPressed };
}
