import { once } from 'node:events';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { assemble } from '../../src/assemble.ts';
import { readConfig } from '../../src/config.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createSlackSurface } from '../../src/slack/slack-surface.ts';
import { healthRoutes } from '../../src/web/health-server.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { signedHeaders, startFakeSlack } from '../fake-slack/fake-slack.ts';
import { sharedModels } from '../matching/shared-models.ts';

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Starts the unmodified app as Slack reaches it over HTTP.
 * @param settings environment variables beside those of where things are
 * @param apiUrlOf how the base of the Web API is written
 */
export async function startHttpApp(
  settings: Readonly<Record<string, string>>,
  apiUrlOf: (address: string) => string = (address) => address,
) {
  const slack = await startFakeSlack();
  const port = await freePort();
  const environment = {
    ...process.env,
    SLACK_API_URL: apiUrlOf(slack.apiUrl),
    PORT: String(port),
    DATA_DIR: await temporaryFolder(),
    ...settings,
  };
  const config = readConfig(environment);
  if (config.slack.mode !== 'http' && config.slack.mode !== 'oauth') throw new Error('The test app needs HTTP');
  const program = await assemble(config, environment, { models: sharedModels });
  const metrics = createMetrics(program.store.file);
  const store = await program.store.open();
  const { assistant } = program;
  const surface = createSlackSurface({
    config: config.slack,
    http: config.http,
    assistant,
    kept: store,
    log: pino({ level: 'silent' }),
    metrics,
    routes: healthRoutes({ ready: () => true }),
  });
  await surface.start();
  onTestFinished(async () => {
    await assistant.close();
    await surface.stop();
    await program.store.close();
  });
  const base = `http://127.0.0.1:${port}`;
  const send = (body: string, headers: Record<string, string>) =>
    fetch(`${base}/slack/events`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  /** Sends what Slack sends as JSON. */
  const sendEvent = async (payload: object) => {
    const body = JSON.stringify(payload);
    return send(body, signedHeaders(body));
  };
  /** Sends what Slack sends as a form: a command as it is, an interaction as the field `payload`. */
  const sendForm = async (fields: object) => {
    const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
    const body = new URLSearchParams(pairs).toString();
    return send(body, { ...signedHeaders(body), 'content-type': 'application/x-www-form-urlencoded' });
  };
  return { slack, surface, store, folder: environment.DATA_DIR, base, send, sendEvent, sendForm };
}
