import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * The rules of Slack's published manifest schema, version 2, for the parts that an app like this can use
 * (https://github.com/slackapi/manifest-schema). Unknown fields are refused, as Slack does.
 */
const text = (most: number, least = 1) => z.string().min(least).max(most);
const names = z
  .array(text(50))
  .max(255)
  .refine((list) => new Set(list).size === list.length, 'a name stands twice');
const address = z
  .string()
  .regex(/^https?:\/\//)
  .max(3500);
const manifestRules = z.strictObject({
  _metadata: z.strictObject({ major_version: z.int(), minor_version: z.int() }),
  display_information: z.strictObject({
    name: text(35),
    description: text(140).optional(),
    long_description: text(4000, 175).optional(),
    background_color: z
      .string()
      .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
      .optional(),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: text(80), always_online: z.boolean().optional() }),
    agent_view: z
      .strictObject({
        agent_description: text(300),
        suggested_prompts: z
          .array(z.strictObject({ title: text(200), message: text(2000) }))
          .max(4)
          .optional(),
      })
      .optional(),
    shortcuts: z
      .array(
        z.strictObject({
          name: text(24),
          type: z.enum(['message', 'global']),
          callback_id: text(255),
          description: text(150),
        }),
      )
      .min(1)
      .max(10)
      .optional(),
    slash_commands: z
      .array(
        z.strictObject({
          command: text(32, 2).startsWith('/'),
          description: text(2000),
          usage_hint: text(1000).optional(),
          should_escape: z.boolean().optional(),
          url: address.optional(),
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: names, bot_optional: names.optional() }),
    redirect_urls: z.array(text(2500)).optional(),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address.optional(), bot_events: names.max(100) }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: address.optional() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

/** The scopes without which Slack does not send an event (https://docs.slack.dev/reference/events). */
const scopesOfEvents: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  'message.im': ['im:history'],
  tokens_revoked: [],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.mpim': ['mpim:history'],
};

async function readManifest() {
  return manifestRules.parse(parse(await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8')));
}

test('the manifest keeps to the schema that Slack publishes', async () => {
  await expect(readManifest()).resolves.toBeDefined();
});

test('the manifest asks for what its events, commands, shortcuts and the agent view need, and for nothing more', async () => {
  const { features, oauth_config, settings } = await readManifest();
  const needed = [
    'chat:write',
    // Who is an admin, and who is a guest.
    'users:read',
    ...(features.slash_commands.length > 0 || features.shortcuts ? ['commands'] : []),
    ...(features.agent_view ? ['assistant:write'] : []),
    ...settings.event_subscriptions.bot_events.flatMap((event) => scopesOfEvents[event] ?? [`unknown event ${event}`]),
  ];
  const { bot, bot_optional: optional = [] } = oauth_config.scopes;
  expect([...bot, ...optional].sort()).toEqual(needed.sort());
  expect(optional).toEqual(['channels:history', 'groups:history', 'mpim:history']);
});

test('people can write to the bot, press its buttons, and open its home', async () => {
  const { features, settings } = await readManifest();
  expect(features.app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
  expect(settings.interactivity.is_enabled).toBe(true);
});
