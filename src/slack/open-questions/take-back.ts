import type { WebClient } from '@slack/web-api';
import type { QuestionKey } from '../../assistant/conversations.ts';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { edit, remove } from '../transport/post.ts';

/**
 * Takes a question back from the people it was passed on to, unless it is answered: they read that it is, and no more what
 * it was. What cannot be shown is told in the log.
 * @param answers the messages that answered it
 */
export async function takeBackHelp(
  { assistant, log }: Needs<'assistant' | 'log'>,
  client: WebClient,
  { team, channel, ts }: QuestionKey,
  answers: readonly string[],
): Promise<void> {
  for (const event of [ts, ...answers]) {
    try {
      const request = await assistant.help.takeBack(team, channel, event);
      const message = plainMessage('Taken back: whoever asked has deleted this question, or needs no answer any more.');
      if (request?.asked) await edit(client, request.asked, message);
      if (request?.notice) await remove(client, request.notice);
    } catch (error) {
      log.error({ error }, 'people still read a question that was taken back');
    }
  }
}
