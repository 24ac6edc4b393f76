import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { simpleBlocks } from '../blocks/simple-blocks.ts';
import { refusesBlocks } from './post.ts';

/** A modal of blocks that Slack's types know. */
export type Modal = ModalView & { readonly blocks: KnownBlock[] };
/** An app's home, likewise. */
export type Home = HomeView & { readonly blocks: KnownBlock[] };

/** Sends a view; where Slack refuses its blocks, one that says the same with simple ones. @throws the client's error */
export async function sendView<View extends Home | Modal>(
  view: View,
  send: (view: View) => Promise<unknown>,
): Promise<void> {
  try {
    await send(view);
  } catch (error) {
    if (!refusesBlocks(error)) throw error;
    const blocks = simpleBlocks(view.blocks);
    // Of a home all else is of use without what can be put in; of a modal nothing is.
    await send({ ...view, blocks: view.type === 'home' ? blocks.filter(({ type }) => type !== 'input') : blocks });
  }
}
