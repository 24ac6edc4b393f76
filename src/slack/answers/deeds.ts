import type { WebClient } from '@slack/web-api';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { nameOf } from '../people/name-of.ts';
import type { Polls } from '../polls/polls.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { tellElsewhere } from '../runs/elsewhere.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { orTell } from '../transport/failure.ts';
import { type Posted, postAll } from '../transport/post.ts';
import { tellerOf } from '../transport/private-reply.ts';
import { entryMessages } from './answer.ts';
import { channelNotice } from './answer-channels.ts';
import { attachTo } from './attach.ts';
import type { Deed } from './hear.ts';
import type { Asked, Overheard } from './incoming.ts';

type Parts = Needs<'assistant' | 'log' | 'people'>;

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
      case 'share':
        return share(parts, client, message, deed.entry);
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

/** In a channel everybody sees the answer; from a direct conversation it goes to the channel that is named. */
async function share(parts: Parts, client: WebClient, message: Asked | Overheard, entry: string): Promise<void> {
  const { team, channel, thread, user, channels, text, ts } = message;
  const tell = tellerOf(client, { channel, thread }, user, null);
  const [to] = channels;
  if (to === undefined || to === channel) {
    const direct = 'Tell me where: write “share in #channel”, with a channel that I am in.';
    const open = 'Everybody here sees this answer already. To show it elsewhere, write “share in #channel”.';
    return tell(plainMessage(channel.startsWith('D') ? direct : open));
  }
  const notice = channelNotice((await settingsOf(parts, team)).answerChannels, to);
  if (notice) return tell(notice);
  const name = await nameOf(parts, client, { team, user });
  const named = name === null ? {} : { sharedBy: name };
  const options = { asked: { question: text, event: ts }, ...named };
  await postAll(client, { channel: to }, entryMessages(parts.assistant, entry, options));
  await tell(plainMessage('It is shared.'));
}
