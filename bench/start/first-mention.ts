import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startFakeSlack, workspace } from '../../test/fake-slack/fake-slack.ts';
import { mention } from '../../test/fake-slack/payloads.ts';

/**
 * Starts the bot against the tests' Slack, mentions it as soon as it is connected, and ends it.
 * @returns milliseconds from the start of its process to the call that carries the answer
 */
export async function firstMention(dataFolder: string): Promise<number> {
  const ends: (() => Promise<void>)[] = [];
  const slack = await startFakeSlack((end) => void ends.push(end));
  const settings = {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATA_DIR: dataFolder,
    PORT: '0',
    DEMO_WARM_RUNS: '0',
    LOG_LEVEL: 'error',
  };
  const started = performance.now();
  const bot = spawn(fileURLToPath(new URL('../../dockproof', import.meta.url)), ['serve'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await slack.connected();
    void slack.send('events_api', mention('how do I keep data in a volume?'));
    const answer = await slack.waitFor(({ method }) => method === 'chat.postMessage', 60);
    return answer.at - started;
  } finally {
    bot.kill('SIGTERM');
    await once(bot, 'close');
    for (const end of ends) await end();
  }
}
