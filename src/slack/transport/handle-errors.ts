import type { App } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { SlackConfig } from '../../slack-config.ts';
import { installPaths } from '../install/installer.ts';
import { wordsFor } from './failure.ts';

/** Of any request, where it can be answered although nothing else works. */
const answerable = z.object({ response_url: z.url({ protocol: /^https?$/ }) });

/** What Bolt tells of a request that failed. */
interface FailedRequest {
  readonly error: Error & { readonly code: string };
  readonly body: object;
}

/** Milliseconds for telling a person; there is nothing after it. */
const patience = 10_000;

/**
 * Takes what no handler took, such as a request from a workspace in which the app is not installed any more. Whoever
 * pressed a button or wrote a command is told through its response address, for which no token is needed.
 */
export function handleErrors(app: App, config: SlackConfig, log: Logger): void {
  app.error(async ({ error, body }: FailedRequest) => {
    const notInstalled = error.code === 'slack_bolt_authorization_error';
    log.error({ error }, 'a Slack request failed');
    const parsed = answerable.safeParse(body);
    if (!parsed.success) return;
    const text = notInstalled ? notInstalledWords(config) : wordsFor(error);
    await tell(parsed.data.response_url, text).catch((failure: unknown) =>
      log.error({ error: failure }, 'and whoever asked could not be told'),
    );
  });
}

function notInstalledWords(config: SlackConfig): string {
  const where =
    config.mode === 'oauth' && config.publicUrl !== null ? `: ${config.publicUrl}${installPaths.begin}` : '.';
  return `I have no access to this workspace. Ask whoever looks after its apps to install me again${where}`;
}

async function tell(address: string, text: string): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) throw new Error(`The response address answered ${response.status}`);
}
