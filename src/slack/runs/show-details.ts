import type { RunDetails } from '../../assistant/run-details.ts';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { openModal, type Pressed } from '../presses/action-handler.ts';
import { type DetailKind, detailsMessages, detailsView } from './details-view.ts';

type Parts = Needs<'assistant' | 'log' | 'pictures'>;

const gone = 'What this run showed is not kept any more. Run it again to see it anew.';

/**
 * Shows the details of a run: in a window where one opens; else in a message that only whoever pressed sees.
 * @throws the client's error where neither can be shown
 */
export async function showDetails(parts: Parts, press: Pressed, kind: DetailKind): Promise<void> {
  const details = await parts.assistant.runDetails(press.who.team, press.value);
  if (details === null) return press.tell(plainMessage(gone));
  const view = await openModal(press, detailsView(kind, details)).catch(async () => {
    await press.answer(detailsMessages(kind, details));
    return null;
  });
  if (view !== null && kind === 'Commands') await addLifeLines(parts, press, view, details);
}

/** The window is open already: a picture takes some seconds, and some workspaces take none. */
async function addLifeLines(parts: Parts, { client, who }: Pressed, view: string, details: RunDetails): Promise<void> {
  const lifeLines = await parts.assistant.pictures.lifeLines(details);
  const picture = lifeLines === null ? null : await parts.pictures.add(who.team, lifeLines);
  if (picture === null) return;
  await client.views
    .update({ view_id: view, view: detailsView('Commands', details, picture) })
    .catch((error: unknown) => parts.log.info({ error }, 'a window stays without its picture'));
}
