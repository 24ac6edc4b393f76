import type { WebClient } from '@slack/web-api';
import { AssistantError } from '../../assistant/assistant-error.ts';
import type { Asking } from '../../assistant/conversations.ts';
import { plainMessage, type SlackMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { askerOf } from '../people/asker.ts';
import { comparisonMessages, shortLayers, wholeLayers } from './layer-message.ts';
import type { LookWish } from './look-wish.ts';

/** Milliseconds that somebody waits for a look, and for one at all files of an image. */
const longest = { layers: 45_000, files: 300_000 } as const;

/**
 * Shows what is in images, or says why it cannot.
 * @param length how much of it: a channel gets the largest layers
 */
export async function answerLook(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  { image, other, files }: LookWish,
  { team, person, place }: Asking,
  length: 'short' | 'whole',
): Promise<readonly SlackMessage[]> {
  const { layers } = parts.assistant;
  try {
    const asker = await askerOf(parts, client, { team, user: person }, place);
    const signal = AbortSignal.timeout(files ? longest.files : longest.layers);
    const request = { image, platform: null, files, path: null, ...asker, signal };
    if (other !== null) return comparisonMessages(await layers.compare(request, other));
    const report = await layers.look(request);
    return length === 'short' ? [shortLayers(report, `/docker layers ${image}`)] : wholeLayers(report);
  } catch (error) {
    if (error instanceof AssistantError) return [plainMessage(`${error.message}.`)];
    throw error;
  }
}
