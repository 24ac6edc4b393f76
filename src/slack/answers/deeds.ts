import type { WebClient } from '@slack/web-api';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import type { Polls } from '../polls/polls.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { tellElsewhere } from '../runs/elsewhere.ts';
import { orTell } from '../transport/failure.ts';
import type { Posted } from '../transport/post.ts';
import { tellerOf } from '../transport/private-reply.ts';
import { attachTo } from './attach.ts';
import type { Deed } from './hear.ts';
import type { Asked, Overheard } from './incoming.ts';

type Parts = Needs<'assistant' | 'log' | 'people'>;

/**
 * What words that ask for sharing are told. Slack does not tell the bot who may write in a channel that they name, so
 * only Share shows an answer there: it is pressed in that channel.
 */
const sharing = {
  direct:
    'I cannot share from here. Write /docker with your question in the channel, and press Share under the answer.',
  open:
    'Everybody here sees this answer already. To show it elsewhere, write /docker with your question there, and press ' +
    'Share under the answer.',
} as const;

/** Does what a message asks for, where it was written. */
export type DoDeed = (client: WebClient, message: Asked | Overheard, deed: Deed) => Promise<void>;

/** Makes what carries out wishes: the same as the buttons of an answer do. */
export function createDeeds(parts: Parts, runs: DemoRuns, polls: Polls): DoDeed {
  return async (client, message, deed) => {
    const { team, channel, thread, user } = message;
    switch (deed.type) {
      case 'run':
        return run(parts, runs, client, message, deed);
      case 'predict':
        return predict(parts, polls, client, message, deed);
      case 'share': {
        const words = channel.startsWith('D') ? sharing.direct : sharing.open;
        return tellerOf(client, { channel, thread }, user, null)(plainMessage(words));
      }
      case 'stop': {
        const stopped = runs.stopOwn({ team, user });
        const words = stopped > 0 ? 'I stop it.' : 'Nothing that you started runs at the moment.';
        return tellerOf(client, { channel, thread }, user, null)(plainMessage(words));
      }
    }
  };
}

/** A run may last a minute, and its thread must hear of "stop" meanwhile, so nobody waits for its end. */
function run(
  parts: Parts,
  runs: DemoRuns,
  client: WebClient,
  message: Asked | Overheard,
  deed: Deed & { type: 'run' },
): void {
  const { team, channel, thread, user } = message;
  const where = { channel, thread };
  const tell = tellerOf(client, where, user, null);
  const onElsewhere = tellElsewhere(parts, { client, tell }, 'The demo runs', 'not-there');
  const { demo, stepByStep } = deed;
  const demand = { demo, stepByStep, who: { team, user }, askedIn: channel, where, onElsewhere };
  void orTell(parts.log, tell, async () => {
    await runs.run(client, { ...demand, onShown: keepDone(parts, message) });
  });
}

function predict(
  parts: Parts,
  polls: Polls,
  client: WebClient,
  message: Asked | Overheard,
  { demo }: Deed & { type: 'predict' },
): Promise<void> {
  const { team, channel, thread, user } = message;
  const where = { channel, thread };
  const tell = tellerOf(client, where, user, null);
  return polls.open(client, {
    ...{ demo, who: { team, user }, askedIn: channel, where },
    onElsewhere: tellElsewhere(parts, { client, tell }, 'The question is', 'not-there'),
    onShown: keepDone(parts, message),
  });
}

/** What was done goes with the message that wished it, and with the question that the thread begins with. */
function keepDone(parts: Parts, wish: Asked | Overheard): (at: Posted) => void {
  const { team, channel, thread } = wish;
  const attach = attachTo(parts, { team, channel, message: thread });
  return (at) => {
    if (at.channel !== channel) return;
    attach(at);
    void parts.assistant.conversations.keepDone(wish, at.ts).catch((error: unknown) => {
      parts.log.error({ error }, 'what a message asked for stays when the message goes');
    });
  };
}
