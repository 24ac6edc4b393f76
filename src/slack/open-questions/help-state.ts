import type { WebClient } from '@slack/web-api';
import type { HelpRequest } from '../../assistant/help.ts';
import type { Needs } from '../parts.ts';
import { nameOf } from '../people/name-of.ts';
import { edit, postOrSend } from '../transport/post.ts';
import { helpReply, type Names, noticeMessage, requestMessage } from './help-message.ts';

type Parts = Needs<'assistant' | 'log' | 'people'>;

/** What the people of a request are called, as far as Slack tells. */
export async function namesIn(parts: Parts, client: WebClient, request: HelpRequest): Promise<Names> {
  const { team, asker, passedBy, reasons, state } = request;
  const ids = [asker, passedBy, ...reasons.map(({ person }) => person), state.type === 'open' ? null : state.by];
  const people = [...new Set(ids.filter((id) => id !== null))];
  const told = await Promise.all(
    people.map(async (user) => [user, await nameOf(parts, client, { team, user })] as const),
  );
  return new Map(told.flatMap(([user, name]) => (name === null ? [] : [[user, name] as const])));
}

/**
 * Shows at both ends how far a request has come. What changes meanwhile is shown too, so that of several who show it at
 * once the last one leaves the newest state. What cannot be edited stays as it was shown.
 * @throws StoreUnavailable
 */
export async function showHelp(parts: Parts, client: WebClient, team: string, id: string): Promise<void> {
  const failed = (error: unknown) => parts.log.warn({ error }, 'a question for a person stays as it was shown');
  for (let shown = ''; ; ) {
    const request = await parts.assistant.help.find(team, id);
    if (request === null || JSON.stringify(request) === shown) return;
    shown = JSON.stringify(request);
    const { asked, notice } = request;
    const names = await namesIn(parts, client, request);
    await Promise.all([
      asked && edit(client, asked, requestMessage(request, names, parts.assistant)).catch(failed),
      notice && edit(client, notice, noticeMessage(request, names)).catch(failed),
    ]);
  }
}

/**
 * Tells whoever asked what a person answered, as a message of its own, since an edit tells nobody; where the bot may not
 * write any more, whoever passed it on.
 * @throws the client's error, or StoreUnavailable; then it can be tried again
 */
export async function tellHelp(parts: Parts, client: WebClient, request: HelpRequest): Promise<void> {
  const { team, id, reply, passedBy } = request;
  const message = helpReply(request, await namesIn(parts, client, request));
  const where = { channel: reply.channel, ...(reply.thread === null ? {} : { thread: reply.thread }) };
  if (message !== null) await postOrSend(client, where, passedBy, message);
  await parts.assistant.help.noteTold(team, id);
}
