import type { RunDetails } from '../../assistant/run-details.ts';
import { speaksIn } from '../answers/answer-channels.ts';
import { attachTo } from '../answers/attach.ts';
import { noticeView } from '../answers/entry-view.ts';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, openModal, type Pressed, showModal, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { settingsOf } from '../settings/settings-of.ts';
import type { Tell } from '../transport/private-reply.ts';
import type { DemoRuns } from './demo-runs.ts';
import { type DetailKind, detailsMessages, detailsView } from './details-view.ts';
import { tellElsewhere } from './elsewhere.ts';
import { readStep } from './run-state.ts';

const gone = 'What this run showed is not kept any more. Run it again to see it anew.';
const elsewhere = 'I run it in our direct messages.';

/** The buttons that start and steer runs. */
export function runActions(parts: Needs<'assistant' | 'log' | 'pictures'>, runs: DemoRuns) {
  /** Where others are not meant to see it, a demo runs in the conversation with whoever asked. */
  async function runDemo(press: Pressed, way: { stepByStep?: true; again?: true } = {}): Promise<void> {
    const { client, value, who, where, ts, message, private: hidden, answer } = press;
    const { answerChannels } = await settingsOf(parts, who.team);
    const open = where !== null && !hidden && speaksIn(answerChannels, where.channel);
    // The run itself is seen without a word of where.
    if (where === null) await showModal(press, noticeView(elsewhere)).catch(() => undefined);
    const why = hidden ? 'private' : open ? 'not-there' : 'not-wanted';
    const tell: Tell = (message) => (hidden ? answer([message]) : press.tell(message));
    const told = where === null ? {} : { onElsewhere: tellElsewhere(parts, { client, tell }, 'The demo runs', why) };
    await runs.run(client, {
      demo: value,
      who,
      askedIn: where?.channel ?? who.user,
      where: open ? where : { channel: who.user },
      ...(way.stepByStep ? { stepByStep: true } : {}),
      // One card for all runs of it: a second one below would say the same again.
      ...(way.again && open && ts !== null ? { replaces: { channel: where.channel, ts } } : {}),
      ...(where === null || message === null
        ? {}
        : { onShown: attachTo(parts, { team: who.team, channel: where.channel, message }) }),
      ...told,
    });
  }

  /** A window where one opens; else a message that only whoever pressed sees. */
  async function showDetails(press: Pressed, kind: DetailKind): Promise<void> {
    const details = await parts.assistant.runDetails(press.who.team, press.value);
    if (details === null) return press.tell(plainMessage(gone));
    const view = await openModal(press, detailsView(kind, details)).catch(async () => {
      await press.answer(detailsMessages(kind, details));
      return null;
    });
    if (view !== null && kind === 'Commands') await addLifeLines(press, view, details);
  }

  /** The window is open already: a picture takes some seconds, and some workspaces take none. */
  async function addLifeLines({ client, who }: Pressed, view: string, details: RunDetails): Promise<void> {
    const lifeLines = await parts.assistant.pictures.lifeLines(details);
    const picture = lifeLines === null ? null : await parts.pictures.add(who.team, lifeLines);
    if (picture === null) return;
    await client.views
      .update({ view_id: view, view: detailsView('Commands', details, picture) })
      .catch((error: unknown) => parts.log.info({ error }, 'a window stays without its picture'));
  }

  return {
    [actionIds.runDemo]: (press) => runDemo(press),
    [actionIds.runSteps]: (press) => runDemo(press, { stepByStep: true }),
    [actionIds.runAgain]: (press) => runDemo(press, { again: true }),
    [actionIds.showCommands]: (press) => showDetails(press, 'Commands'),
    [actionIds.showScript]: (press) => showDetails(press, 'Script'),
    [actionIds.showReceipt]: (press) => showDetails(press, 'Receipt'),
    async [actionIds.nextStep](press) {
      const step = readStep(press.value);
      if (step === null) return tellOutdated(press);
      const refusal = runs.next(step, press.who);
      if (refusal !== null) await press.tell(plainMessage(refusal));
    },
    async [actionIds.stopRun]({ value, who, tell }) {
      const refusal = runs.stop(value, who);
      if (refusal !== null) await tell(plainMessage(refusal));
    },
  } satisfies Partial<ActionHandlers>;
}
