import type { App } from '@slack/bolt';
import { answerActions } from '../answers/answer-actions.ts';
import { voteActions } from '../answers/vote-actions.ts';
import { listActions } from '../commands/list-actions.ts';
import { searchActions } from '../home/search-actions.ts';
import { askHumanActions } from '../open-questions/ask-human.ts';
import { gapActions } from '../open-questions/gap-actions.ts';
import { helpActions } from '../open-questions/help-actions.ts';
import type { Needs } from '../parts.ts';
import type { Polls } from '../polls/polls.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { runActions } from '../runs/run-actions.ts';
import { settingsActions } from '../settings/settings-actions.ts';
import { orTell } from '../transport/failure.ts';
import { privateAnswers, tellerOf } from '../transport/private-reply.ts';
import { type ActionHandler, type ActionHandlers, type Pressed, tellOutdated } from './action-handler.ts';
import { actionIds, actionOf, readPick } from './action-ids.ts';
import { readPress } from './read-press.ts';
import { createSeenPresses } from './seen-presses.ts';

/** Takes every button and menu there is, so that none is dead: one of an older version gets a word too. */
export function handleActions(
  app: App,
  parts: Needs<'assistant' | 'log' | 'people' | 'ownTurn' | 'pictures'>,
  runs: DemoRuns,
  polls: Polls,
): void {
  const handlers = {
    ...runActions(parts, runs),
    ...answerActions(parts),
    ...voteActions(parts),
    ...askHumanActions(parts),
    ...helpActions(parts),
    ...gapActions(parts),
    ...listActions(parts),
    ...searchActions(parts),
    ...polls.actions,
    ...settingsActions(parts),
    [actionIds.pick]: pick,
  } satisfies ActionHandlers;
  const isNew = createSeenPresses();
  const byId = new Map<string, ActionHandler>(Object.entries(handlers));

  async function pick(press: Pressed): Promise<void> {
    const picked = readPick(press.value);
    const handle = picked === null ? tellOutdated : (byId.get(picked.action) ?? tellOutdated);
    await handle({ ...press, ...picked });
  }

  app.action(/.*/, async ({ action, body, ack, client, respond }) => {
    await ack();
    const press = readPress(body, action);
    if (!press) throw new Error('A press came in a form that is not known');
    if (press.link || !isNew(press)) return;
    const way = 'response_url' in body && body.response_url ? respond : null;
    const tell = tellerOf(client, press.where, press.who.user, way);
    const answer = privateAnswers(way, tell);
    const handle = byId.get(actionOf(press.action)) ?? tellOutdated;
    await orTell(parts.log, tell, () => handle({ ...press, client, respond: way, tell, answer }));
  });
}
