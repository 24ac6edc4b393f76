import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { plainMessage } from '../blocks/message.ts';
import type { AnswerPrivately, Tell } from '../transport/private-reply.ts';
import { type Modal, sendView } from '../transport/send-view.ts';
import type { ActionId } from './action-ids.ts';
import type { Press } from './read-press.ts';

/** A press with the ways to answer it. */
export interface Pressed extends Press {
  readonly client: WebClient;
  /** The response address; null where there is none. */
  readonly respond: RespondFn | null;
  readonly tell: Tell;
  readonly answer: AnswerPrivately;
}

/** What a button or menu does. */
export type ActionHandler = (press: Pressed) => Promise<void>;

/** What some buttons and menus do, by their ids without a number. */
export type ActionHandlers<Id extends ActionId = ActionId> = Readonly<Record<Id, ActionHandler>>;

/** Tells whoever pressed a button of an older or newer version what to do. */
export function tellOutdated({ tell }: Pick<Pressed, 'tell'>): Promise<void> {
  return tell(plainMessage('This button belongs to another version of me. Ask your question again for fresh ones.'));
}

/** Shows a modal: in place of the one that was pressed in, or a new one. @throws the client's error */
export async function showModal(press: Pressed, view: Modal): Promise<void> {
  await openModal(press, view);
}

/**
 * Shows a modal that changes later.
 * @returns its id; null where Slack does not say
 * @throws the client's error
 */
export async function openModal({ client, modal, trigger }: Pressed, view: Modal): Promise<string | null> {
  let id = modal;
  await sendView(view, async (shown) => {
    if (modal !== null) await client.views.update({ view_id: modal, view: shown });
    else id = (await client.views.open({ trigger_id: trigger, view: shown })).view?.id ?? null;
  });
  return id;
}
