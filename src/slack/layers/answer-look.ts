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

/** What a look is answered with. */
export interface Looked {
  readonly messages: readonly SlackMessage[];
  /** The entry that its first advice leads to, which is what is spoken of from then on; null for none. */
  readonly entry: string | null;
}

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
): Promise<Looked> {
  const { layers } = parts.assistant;
  try {
    const asker = await askerOf(parts, client, { team, user: person }, place);
    const signal = AbortSignal.timeout(files ? longest.files : longest.layers);
    const request = { image, platform: null, files, path: null, ...asker, signal };
    if (other !== null) return { messages: comparisonMessages(await layers.compare(request, other)), entry: null };
    const report = await layers.look(request);
    const messages = length === 'short' ? [shortLayers(report, `/docker layers ${image}`)] : wholeLayers(report);
    return { messages, entry: report.advice[0]?.entry ?? null };
  } catch (error) {
    if (error instanceof AssistantError) return { messages: [plainMessage(`${error.message}.`)], entry: null };
    throw error;
  }
}
