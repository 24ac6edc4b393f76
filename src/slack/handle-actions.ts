import type { App, RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { actionIds, actionOf } from './action-ids.ts';
import { entryMessages } from './answer.ts';
import { channelNotice, speaksIn } from './answer-channels.ts';
import type { DemoRuns } from './demo-runs.ts';
import { entryView, noticeView } from './entry-view.ts';
import { orTell } from './failure.ts';
import { plainMessage, type SlackMessage } from './message.ts';
import { edit, postAll } from './post.ts';
import { type Press, readPress } from './press.ts';
import { respondPrivately, type Tell, tellerOf } from './private-reply.ts';
import { readShare } from './share.ts';
import type { SlackParts } from './slack-surface.ts';

const elsewhere = 'I run it in our direct messages.';

/** A press with the ways to answer it. */
interface Pressed extends Press {
  readonly client: WebClient;
  readonly respond: RespondFn;
  readonly tell: Tell;
}

/** Takes every button and menu there is, so that none is dead: one of an older version gets a word too. */
export function handleActions(app: App, { assistant, answerChannels, log }: SlackParts, runs: DemoRuns): void {
  app.action(/.*/, async ({ action, body, ack, client, respond }) => {
    await ack();
    const press = readPress(body, action);
    if (!press || press.link) return;
    const tell = tellerOf(client, press.where, press.who.user, 'response_url' in body ? respond : null);
    await orTell(log, tell, () => take({ ...press, client, respond, tell }));
  });

  async function take(press: Pressed): Promise<void> {
    switch (actionOf(press.action)) {
      case actionIds.runDemo:
        return runDemo(press);
      case actionIds.showEntry:
        return showEntry(press);
      case actionIds.chooseEntry:
        return chooseEntry(press);
      case actionIds.stopRun: {
        const refusal = runs.stop(press.value, press.who);
        return refusal === null ? undefined : press.tell(plainMessage(refusal));
      }
      case actionIds.share:
        return share(press);
      default:
        return press.tell(
          plainMessage('This button belongs to another version of me. Ask your question again for fresh ones.'),
        );
    }
  }

  /** Where others are not meant to see it, a demo runs in the conversation with whoever asked. */
  async function runDemo(press: Pressed): Promise<void> {
    const { client, value, who, where, private: hidden, respond } = press;
    const open = where !== null && !hidden && speaksIn(answerChannels, where.channel);
    if (where === null) await show(press, noticeView(elsewhere));
    else if (hidden) await respondPrivately(respond, [plainMessage(elsewhere)]);
    await runs.run(client, {
      demo: value,
      who,
      askedIn: where?.channel ?? who.user,
      where: open ? where : { channel: who.user },
    });
  }

  async function showEntry(press: Pressed): Promise<void> {
    const { client, value, where, private: hidden, respond } = press;
    if (where === null) await show(press, entryView(assistant, value));
    else if (hidden) await respondPrivately(respond, entryMessages(assistant, value, { share: {} }), true);
    else await postAll(client, where, entryMessages(assistant, value));
  }

  /** The chosen answer takes the place of the choices, so that one question keeps one reply. */
  async function chooseEntry(press: Pressed): Promise<void> {
    const { client, value, where, ts } = press;
    if (where === null || ts === null) return showEntry(press);
    const [first, ...others] = entryMessages(assistant, value);
    if (first) await edit(client, { channel: where.channel, ts }, first);
    await postAll(client, where, others);
  }

  /** After sharing, the private message loses its button, so that nobody shares twice by accident. */
  async function share({ client, value, where, respond, tell }: Pressed): Promise<void> {
    const shared = readShare(value);
    if (where === null || !shared) return tell(plainMessage('I cannot share this any more. Ask your question again.'));
    const notice = channelNotice(answerChannels, where.channel);
    if (notice) return tell(notice);
    const { entry, question, thread } = shared;
    const shown: { question?: string } = question === undefined ? {} : { question };
    const messages: SlackMessage[] = entryMessages(assistant, entry, shown);
    await postAll(client, { channel: where.channel, ...(thread === undefined ? {} : { thread }) }, messages);
    await respondPrivately(respond, messages, true);
  }
}

/** Shows a modal: in place of the one that was pressed in, or a new one over App Home. */
async function show({ client, modal, trigger }: Pressed, view: ModalView): Promise<void> {
  if (modal === null) await client.views.open({ trigger_id: trigger, view });
  else await client.views.update({ view_id: modal, view });
}
