import type { WebClient } from '@slack/web-api';
import type { Asking } from '../../assistant/conversations.ts';
import type { Answered } from '../answers/answer.ts';
import type { Needs } from '../parts.ts';
import { askerOf } from '../people/asker.ts';

/** Makes ahead what the demo begins with that an answer offers. Nobody waits for it, and a failure costs only time. */
export function expectRun(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  { answer }: Answered,
  { team, person, place }: Asking,
): void {
  const offered = answer?.reply.actions.find((action) => action.type === 'run-demo');
  if (offered === undefined) return;
  parts.assistant
    .expectRun(offered.demo, () => askerOf(parts, client, { team, user: person }, place))
    .catch((error: unknown) => parts.log.debug({ error }, 'a demo is not made ahead'));
}
