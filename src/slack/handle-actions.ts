import type { App } from '@slack/bolt';
import { actionOf } from './action-ids.ts';
import { answerActions } from './answer-actions.ts';
import { askHumanActions } from './ask-human.ts';
import type { DemoRuns } from './demo-runs.ts';
import { orTell } from './failure.ts';
import type { Polls } from './polls.ts';
import { readPress } from './press.ts';
import { type ActionHandlers, tellOutdated } from './pressed.ts';
import { privateAnswers, tellerOf } from './private-reply.ts';
import { runActions } from './run-actions.ts';
import { settingsActions } from './settings-actions.ts';
import type { SurfaceParts } from './slack-surface.ts';
import { voteActions } from './vote-actions.ts';

/** Takes every button and menu there is, so that none is dead: one of an older version gets a word too. */
export function handleActions(app: App, parts: SurfaceParts, runs: DemoRuns, polls: Polls): void {
  const handlers: ActionHandlers = {
    ...runActions(parts, runs),
    ...answerActions(parts),
    ...voteActions(parts),
    ...askHumanActions(parts),
    ...polls.actions,
    ...settingsActions(parts),
  };
  app.action(/.*/, async ({ action, body, ack, client, respond }) => {
    await ack();
    const press = readPress(body, action);
    if (!press) throw new Error('A press came in a form that is not known');
    if (press.link) return;
    const way = 'response_url' in body && body.response_url ? respond : null;
    const tell = tellerOf(client, press.where, press.who.user, way);
    const answer = privateAnswers(way, tell);
    const id = actionOf(press.action);
    const handle = Object.hasOwn(handlers, id) ? handlers[id] : undefined;
    await orTell(parts.log, tell, () => (handle ?? tellOutdated)({ ...press, client, respond: way, tell, answer }));
  });
}
