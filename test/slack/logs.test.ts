import { expect, test } from 'vitest';
import { rootlessDocker, serveRecorded } from '../engines/recorded-engine.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { startFakeSlack, workspace } from '../fake-slack/fake-slack.ts';
import { command, homeOpened, mention, message, press, shortcut, submit } from '../fake-slack/payloads.ts';
import { startServe } from './serve-process.ts';

/** Stands in everything that people write here, and nowhere else. */
const marker = 'quagmire';
const question = `${marker}: why is my database empty after I redeployed?`;

test('the log of a busy session, as loud as it gets, holds no text, no token, and no response address', async () => {
  const slack = await startFakeSlack();
  const bot = await startServe(slack, { DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'trace' });
  const posted = () => slack.calls.filter(({ method }) => method === 'chat.postMessage');

  slack.faults.set('chat.postMessage', [500, 429]);
  await slack.send('events_api', mention(question));
  const answer = await slack.waitFor(({ method }) => method === 'chat.postMessage', 30);
  slack.faults.set('chat.postMessage', ['invalid_blocks', 'fatal_error', 'not_in_channel']);
  await slack.send('events_api', message(`${marker} weather in Berlin`));
  await slack.send('slash_commands', command(question, slack.responseUrl()));
  slack.faults.set('respond', [404, 404]);
  await slack.send('slash_commands', command(`${marker} topics`, slack.responseUrl()));
  await slack.send('interactive', shortcut(question, slack.responseUrl()));
  await slack.send('interactive', {
    ...shortcut(question, slack.responseUrl()),
    type: 'shortcut',
    callback_id: marker,
  });
  await slack.send('events_api', homeOpened('home'));
  await slack.send('interactive', press(answer, 'vote_not_helpful', slack.responseUrl()));
  const modal = await slack.waitFor(({ method }) => method === 'views.open');
  const words = { words: { words: { type: 'plain_text_input', value: `${marker} reason` } } };
  await slack.send('interactive', submit(modal, words));
  slack.faults.set('chat.update', ['message_not_found', 500]);
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
  await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
  slack.cut();
  await slack.connected();
  await slack.send('events_api', mention(`${question} again`));
  await slack.waitFor(() => posted().length > 3, 30);
  expect(await bot.end()).toBe(0);

  const lines = bot.log().trim().split('\n');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
  expect(bot.log()).toContain('fatal_error');
  const secrets = [marker, 'Berlin', workspace.botToken, workspace.appToken, '/respond/', 'xoxb', 'xapp'];
  for (const secret of secrets) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
}, 120_000);

test('the log says at the start that the engine gets no demos, and why', async () => {
  const { socket } = await serveRecorded(rootlessDocker);
  const settings = { DATA_DIR: await temporaryFolder(), DOCKER_HOST: `unix://${socket}` };
  const bot = await startServe(await startFakeSlack(), settings);
  await expect.poll(() => bot.log(), { timeout: 20_000 }).toContain('demos are refused on this engine');
  expect(bot.log()).toContain('no notice of limits on memory, CPU and processes');
  expect(await bot.end()).toBe(0);
}, 60_000);
