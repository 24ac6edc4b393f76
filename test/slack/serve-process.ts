import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type FakeSlack, workspace } from '../fake-slack/fake-slack.ts';
import { startProgram } from '../terminal/run-program.ts';

/** The bot as a process of its own. */
export interface ServeProcess {
  /** What it says once it is live. */
  readonly welcome: string;
  /** What it has logged so far, a JSON object a line. */
  log(): string;
  /** Where its addresses for monitors are. */
  readonly health: string;
  /** Sends it a signal that does not end it. */
  signal(name: NodeJS.Signals): void;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Ends it as a supervisor does. @returns its exit code */
  end(): Promise<number | null>;
}

/** Starts the bot as a person does, and waits until it says that it is live. */
export async function startServe(slack: FakeSlack, settings: Readonly<Record<string, string>>): Promise<ServeProcess> {
  const child: ChildProcess = startProgram(['serve'], {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    DEMO_PER_PERSON: '9',
    DEMO_PER_CHANNEL: '9',
    ...settings,
  });
  const closed = once(child, 'close');
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  const stop = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await closed;
    return child.exitCode;
  };
  onTestFinished(async () => void (await stop('SIGKILL')));
  const said = await Promise.race([once(child.stdout ?? child, 'data'), closed.then(() => null)]);
  if (said === null) throw new Error(`The bot ended at its start: ${log}`);
  await slack.connected();
  const welcome = String(said[0]);
  const [, health = ''] = /Health: (http:\/\/[^/]+)/.exec(welcome) ?? [];
  const kill = async () => void (await stop('SIGKILL'));
  const signal = (name: NodeJS.Signals): void => void child.kill(name);
  return { welcome, health, log: () => log, signal, kill, end: () => stop('SIGTERM') };
}
