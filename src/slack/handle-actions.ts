import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Assistant } from '../assistant/assistant.ts';
import { actionIds } from './action-ids.ts';
import { entryMessage } from './answer.ts';
import type { DemoRuns, Requester } from './demo-runs.ts';
import { plainMessage, type SlackMessage } from './message.ts';
import { type Destination, post, whisper } from './post.ts';

/** The fields of a pressed button that are used (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload). */
const pressSchema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }).optional(),
  container: z
    .object({
      is_ephemeral: z.boolean().optional(),
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
    })
    .optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
});

const actionSchema = z.object({ action_id: z.string(), value: z.string().default('') });

/** A pressed button: by whom, where, and whether only that person sees its message. */
interface Press {
  readonly who: Requester;
  readonly where: Destination;
  readonly private: boolean;
}

/** Takes every button there is, so that none is dead: one of an older version gets a word too. */
export function handleActions(app: App, assistant: Assistant, runs: DemoRuns): void {
  app.action(/.*/, async ({ action, body, ack, client, respond }) => {
    await ack();
    const parsed = actionSchema.safeParse(action);
    const press = readPress(body);
    if (!parsed.success || !press) return;
    const { action_id: id, value } = parsed.data;
    const tell = (message: SlackMessage) => whisper(client, press.where, press.who.user, message);

    if (id === actionIds.runDemo) {
      // A private answer stays private: its demo runs in the conversation with whoever asked.
      const where = press.private ? { channel: press.who.user } : press.where;
      if (press.private)
        await respond({
          response_type: 'ephemeral',
          replace_original: false,
          text: 'I run it in our direct messages.',
        });
      await runs.run(client, value, press.who, where);
    } else if (id.startsWith(actionIds.showEntry)) {
      const message = entryMessage(assistant, value, { shareable: press.private });
      if (press.private) await respond({ response_type: 'ephemeral', replace_original: true, ...message });
      else await post(client, press.where, message);
    } else if (id === actionIds.stopRun) {
      const refusal = runs.stop(value, press.who);
      if (refusal !== null) await tell(plainMessage(refusal));
    } else if (id === actionIds.share) {
      await post(client, { channel: press.where.channel }, entryMessage(assistant, value));
    } else if (!isLink(action)) {
      await tell(
        plainMessage('This button belongs to an older version of me. Ask your question again, and you get fresh ones.'),
      );
    }
  });
}

function readPress(body: unknown): Press | null {
  const parsed = pressSchema.safeParse(body);
  if (!parsed.success || !parsed.data.channel) return null;
  const { user, team, channel, container, message } = parsed.data;
  const hidden = container?.is_ephemeral === true;
  const thread = message?.thread_ts ?? message?.ts ?? container?.thread_ts;
  return {
    who: { team: team?.id ?? user.team_id ?? '', user: user.id },
    where: { channel: channel.id, ...(thread === undefined || hidden ? {} : { thread }) },
    private: hidden,
  };
}

/** A button that opens a link also sends an event, which needs no answer. */
function isLink(action: unknown): boolean {
  return typeof action === 'object' && action !== null && 'url' in action;
}
