import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { assemble, type Program } from '../../src/assemble.ts';
import type { Assistant } from '../../src/assistant/assistant.ts';
import { readConfig } from '../../src/config.ts';
import { measureAssistant } from '../../src/metrics/measured-assistant.ts';
import { createMetrics, type Metrics } from '../../src/metrics/metrics.ts';
import { createSlackSurface, type SlackSurface } from '../../src/slack/slack-surface.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { type FakeSlack, startFakeSlack, workspace } from '../fake-slack/fake-slack.ts';
import { sharedModels } from '../matching/shared-models.ts';

/** The unmodified app, connected to a fake Slack over Socket Mode, with the real book and the real engine. */
export interface TestApp {
  readonly slack: FakeSlack;
  readonly assistant: Assistant;
  readonly surface: SlackSurface;
  readonly store: Store;
  readonly book: Program['book'];
  readonly metrics: Metrics;
  readonly folder: string;
}

/**
 * Starts the app.
 * @param settings environment variables
 * @param adapt changes the assistant, for what the book of today may not give
 * @param prepare turns the fake Slack before the app starts
 * @param settingsFor environment variables that depend on the fake Slack
 */
export async function startApp(
  settings: Readonly<Record<string, string>> = {},
  adapt: (assistant: Assistant) => Assistant = (assistant) => assistant,
  prepare: (slack: FakeSlack) => void = () => undefined,
  settingsFor: (slack: FakeSlack) => Promise<Readonly<Record<string, string>>> = async () => ({}),
): Promise<TestApp> {
  const slack = await startFakeSlack();
  prepare(slack);
  const further = await settingsFor(slack);
  const folder = settings.DATA_DIR ?? (await temporaryFolder());
  const environment = {
    ...process.env,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATA_DIR: folder,
    DEMO_PER_PERSON: '4',
    DEMO_PER_CHANNEL: '8',
    ...settings,
    ...further,
  };
  const config = readConfig(environment);
  if (config.slack.mode === 'off') throw new Error('The test app needs Slack');
  const program = await assemble(config, environment, { models: sharedModels });
  const assistant = adapt(program.assistant);
  const store = await program.store.open();
  const metrics = createMetrics(program.store.file);
  const surface = createSlackSurface({
    config: config.slack,
    http: { host: '127.0.0.1', port: 0 },
    assistant: measureAssistant(assistant, metrics, 'slack'),
    kept: store,
    log: pino({ level: 'silent' }),
    metrics,
    routes: [],
  });
  const interrupted = await assistant.closeInterrupted();
  await surface.start();
  await surface.tellInterrupted(interrupted);
  if (config.slack.mode === 'socket') await slack.connected();
  onTestFinished(async () => {
    await assistant.close();
    await surface.stop();
    await program.store.close();
  });
  return { slack, metrics, assistant, surface, store, book: program.book, folder };
}
