import { speaksIn } from '../answers/answer-channels.ts';
import { attachTo } from '../answers/attach.ts';
import { noticeView } from '../answers/entry-view.ts';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, showModal, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { settingsOf } from '../settings/settings-of.ts';
import type { Tell } from '../transport/private-reply.ts';
import type { DemoRuns } from './demo-runs.ts';
import { tellElsewhere } from './elsewhere.ts';
import { readStep } from './run-state.ts';
import { showDetails } from './show-details.ts';

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

  return {
    [actionIds.runDemo]: (press) => runDemo(press),
    [actionIds.runSteps]: (press) => runDemo(press, { stepByStep: true }),
    [actionIds.runAgain]: (press) => runDemo(press, { again: true }),
    [actionIds.showCommands]: (press) => showDetails(parts, press, 'Commands'),
    [actionIds.showScript]: (press) => showDetails(parts, press, 'Script'),
    [actionIds.showReceipt]: (press) => showDetails(parts, press, 'Receipt'),
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
