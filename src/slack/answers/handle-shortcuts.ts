import { randomUUID } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { plainMessage } from '../blocks/message.ts';
import { readText } from '../blocks/slack-text.ts';
import type { Needs } from '../parts.ts';
import { expectRun } from '../runs/expect-run.ts';
import { orTell } from '../transport/failure.ts';
import { post } from '../transport/post.ts';
import { privateAnswers, tellerOf, threadAnswers } from '../transport/private-reply.ts';
import { answerQuestion, noteAnswered } from './answer.ts';

/** The fields that are used (https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload). */
const shortcutSchema = z.object({
  type: z.literal('message_action'),
  trigger_id: z.string().default(''),
  response_url: z.string().default(''),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  message: z.object({ text: z.string().default(''), ts: z.string(), thread_ts: z.string().optional() }),
});

/** Answers the question in somebody's message, privately; sharing goes to that message's thread. */
export function handleShortcuts(app: App, parts: Needs<'assistant' | 'log' | 'people' | 'ownTurn' | 'pictures'>): void {
  app.shortcut(/.*/, async ({ body, ack, client, respond, context }) => {
    await ack();
    const parsed = shortcutSchema.safeParse(body);
    if (!parsed.success) return tellUnknown(parts, client, body.user.id);
    const { user, channel, message, trigger_id: trigger, response_url: address } = parsed.data;
    const thread = message.thread_ts ?? message.ts;
    const way = address === '' ? null : respond;
    const tell = tellerOf(client, { channel: channel.id, thread }, user.id, way);
    await orTell(parts.log, tell, async () => {
      const question = readText(message.text);
      if (question === '') return tell(plainMessage('This message has no text that I could answer.'));
      const asking = { team: context.teamId ?? '', place: channel.id, person: user.id, event: trigger || randomUUID() };
      const answered = await answerQuestion(parts, question, asking, { question, share: { thread } });
      const within = message.thread_ts !== undefined && message.thread_ts !== message.ts;
      const reply = within
        ? threadAnswers(client, { channel: channel.id, thread }, user.id, way, tell)
        : privateAnswers(way, tell);
      await reply(answered.messages);
      expectRun(parts, client, answered, asking);
      await noteAnswered(parts, answered, asking);
    });
  });
}

/** A shortcut of another version has no message to answer, and no conversation. */
async function tellUnknown({ log }: Needs<'log'>, client: WebClient, user: string): Promise<void> {
  const words = 'This shortcut belongs to another version of me. Ask here, or use “Ask Dockproof” in a message’s menu.';
  await orTell(log, tellerOf(client, null, user, null), async () => {
    await post(client, { channel: user }, plainMessage(words));
  });
}
