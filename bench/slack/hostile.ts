import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Sends 5,000 hostile messages to the bot: `npm test` runs the same test with fewer. */
export async function slackHostileBench(): Promise<void> {
  const test = spawn('npx', ['vitest', 'run', 'test/slack/hostile.test.ts'], {
    env: { ...process.env, HOSTILE_MESSAGES: '5000' },
    stdio: 'inherit',
  });
  const [code] = await once(test, 'close');
  if (code !== 0) process.exitCode = 1;
}
