import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Assistant } from '../../assistant/assistant.ts';
import type { Needs } from '../parts.ts';
import { publishHome } from './publish-home.ts';

/** Prompts that the Messages tab suggests, at most four. */
const mostPrompts = 4;

/** Fills the app's home when a person opens it, and suggests questions when they open its messages. */
export function handleHome(app: App, parts: Needs<'assistant' | 'log' | 'people'>): void {
  const { assistant, log } = parts;
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab !== 'messages') await publishHome(parts, client, { team: context.teamId ?? '', user: event.user });
    else
      await suggest(client, event.channel, assistant).catch((error: unknown) =>
        // Prompts are a feature of paid workspaces; answers need none.
        log.debug({ error }, 'no prompts could be suggested'),
      );
  });
}

async function suggest(client: WebClient, channel: string, assistant: Assistant): Promise<void> {
  const titles = assistant.chapters().flatMap(({ entries }) => entries.slice(0, 1).map((entry) => entry.title));
  const prompts = titles.slice(0, mostPrompts).map((title) => ({ title, message: title }));
  if (prompts.length === 0) return;
  await client.assistant.threads.setSuggestedPrompts({ channel_id: channel, title: 'Ask, for example:', prompts });
}
