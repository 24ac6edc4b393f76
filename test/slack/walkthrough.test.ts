import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { startFakeSlack, workspace } from '../fake-slack/fake-slack.ts';
import { command, mention, press } from '../fake-slack/payloads.ts';
import { startServe } from './serve-process.ts';

/** The steps from the manifest to the first answer. */
async function readWalkthrough(): Promise<string> {
  const page = await readFile(new URL('../../docs/slack.md', import.meta.url), 'utf8');
  const [steps = ''] = page.split('## Ways to ask');
  return steps;
}

test('whoever follows the walkthrough word by word gets an answer, and its demo', async () => {
  const steps = await readWalkthrough();
  const [, file = ''] = /```sh\n([\s\S]*?)```/.exec(steps) ?? [];
  const settings = parseEnv(file);
  expect(settings).toEqual({ SLACK_BOT_TOKEN: 'xoxb-…', SLACK_APP_TOKEN: 'xapp-…' });
  const [, promised = ''] = /then says\s+`([^`]+)`/.exec(steps) ?? [];
  const [, written = ''] = /`\/docker ([^`]+)`/.exec(steps) ?? [];
  const [, mentioned = ''] = /`@Dockproof ([^`]+)`/.exec(steps) ?? [];
  const [, button = ''] = /press \*\*([^*]+)\*\*: it runs in your\s+direct messages/.exec(steps) ?? [];

  const slack = await startFakeSlack();
  const tokens = { SLACK_BOT_TOKEN: workspace.botToken, SLACK_APP_TOKEN: workspace.appToken };
  const bot = await startServe(slack, { ...settings, ...tokens, DATA_DIR: await temporaryFolder() });
  expect(bot.welcome).toContain(promised);
  await slack.send('slash_commands', command(written, slack.responseUrl()));
  const answer = await slack.waitFor(({ method }) => method.startsWith('respond/'));
  const run = answer.blocks?.flatMap(({ elements }) => elements ?? []).find((each) => each.action_id === 'run_demo');
  expect(JSON.stringify(run)).toContain(`"${button}"`);
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { ephemeral: true }));
  const end = await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
  expect(end.fields.channel).toBe('DU1');
  await slack.send('events_api', mention(mentioned));
  await slack.waitFor(({ method, fields }) => method === 'chat.postMessage' && fields.channel === 'C1');
  expect(slack.refused).toEqual([]);
  expect(await bot.end()).toBe(0);
});
