import type { RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { plainMessage } from './message.ts';
import type { Press } from './press.ts';
import type { Tell } from './private-reply.ts';

/** A press with the ways to answer it. */
export interface Pressed extends Press {
  readonly client: WebClient;
  readonly respond: RespondFn;
  readonly tell: Tell;
}

/** What each button and menu does, by its id without a number. */
export type ActionHandlers = Readonly<Record<string, (press: Pressed) => Promise<void>>>;

/** Tells whoever pressed a button of an older or newer version what to do. */
export function tellOutdated({ tell }: Pick<Pressed, 'tell'>): Promise<void> {
  return tell(plainMessage('This button belongs to another version of me. Ask your question again for fresh ones.'));
}

/** Shows a modal: in place of the one that was pressed in, or a new one. @throws the client's error */
export async function showModal({ client, modal, trigger }: Pressed, view: ModalView): Promise<void> {
  if (modal === null) await client.views.open({ trigger_id: trigger, view });
  else await client.views.update({ view_id: modal, view });
}
