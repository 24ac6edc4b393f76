import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { manifestPrompts, type Prompt } from '../install/read-manifest.ts';
import type { Needs } from '../parts.ts';
import { publishHome } from './publish-home.ts';

/** Prompts that the Messages tab suggests, at most four. */
const mostPrompts = 4;

/** Fills the app's home when a person opens it, and suggests questions when they open its messages. */
export function handleHome(app: App, parts: Needs<'assistant' | 'log' | 'people'>): void {
  const prompts = manifestPrompts().slice(0, mostPrompts);
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab !== 'messages') await publishHome(parts, client, { team: context.teamId ?? '', user: event.user });
    else
      await suggest(client, event.channel, prompts).catch((error: unknown) =>
        // Prompts are a feature of paid workspaces; answers need none.
        parts.log.debug({ error }, 'no prompts could be suggested'),
      );
  });
}

/** The manifest's own, which a call without them would replace. */
async function suggest(client: WebClient, channel: string, prompts: readonly Prompt[]): Promise<void> {
  const [first, ...rest] = prompts.map(({ title, message }) => ({ title, message }));
  if (first === undefined) return;
  await client.assistant.threads.setSuggestedPrompts({
    ...{ channel_id: channel, title: 'Ask, for example:', prompts: [first, ...rest] },
  });
}
