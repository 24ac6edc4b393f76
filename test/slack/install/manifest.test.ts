import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openShippedBook } from '../../matching/shared-models.ts';

/**
 * The rules of Slack's published manifest schema, version 2, for the parts that an app like this can use, in our own
 * words (https://github.com/slackapi/manifest-schema, as of July 2026, which takes the manifest too). Unknown fields are
 * refused, as Slack does.
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

const readText = (name: string) => readFile(new URL(`../../../${name}`, import.meta.url), 'utf8');

async function readManifest() {
  return manifestRules.parse(parse(await readText('manifest.yml')));
}

/** One structure laid over another, as a person does who follows the documentation. */
function overlay(base: unknown, changes: unknown): unknown {
  const [parts, changed] = [objectOf.safeParse(base).data, objectOf.safeParse(changes).data];
  if (parts === undefined || changed === undefined) return changes;
  const keys = new Set([...Object.keys(parts), ...Object.keys(changed)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, key in changed ? overlay(parts[key], changed[key]) : parts[key]]),
  );
}

const objectOf = z.record(z.string(), z.unknown());

test('the manifest keeps to the schema that Slack publishes', async () => {
  await expect(readManifest()).resolves.toBeDefined();
});

test.each<[string, object]>([
  ['a name that is too long', { display_information: { name: 'x'.repeat(36) } }],
  ['a long description that is too short', { display_information: { long_description: 'Short.' } }],
  ['a field that Slack does not know', { settings: { event_subscription: {} } }],
  ['an event twice', { settings: { event_subscriptions: { bot_events: ['app_mention', 'app_mention'] } } }],
  ['a command without its slash', { features: { slash_commands: [{ command: 'docker', description: 'x' }] } }],
  ['an address that is none', { settings: { interactivity: { is_enabled: true, request_url: 'example.com' } } }],
])('the rules refuse %s', async (_, changes) => {
  expect(manifestRules.safeParse(overlay(await readManifest(), changes)).success).toBe(false);
});

test('the manifest for many workspaces, changed as the documentation says, keeps to the schema too', async () => {
  const [, changes = ''] = /```yaml\n([\s\S]*?)```/.exec(await readText('docs/slack.md')) ?? [];
  const manifest = manifestRules.parse(overlay(await readManifest(), parse(changes)));
  expect(manifest.oauth_config.redirect_urls).toHaveLength(1);
  expect(manifest.settings).toMatchObject({ socket_mode_enabled: false, token_rotation_enabled: true });
  const addresses = [manifest.settings.event_subscriptions.request_url, manifest.settings.interactivity.request_url];
  expect(addresses).toEqual([manifest.features.slash_commands[0]?.url, manifest.features.slash_commands[0]?.url]);
});

test('the manifest asks for what its events, commands, shortcuts and the agent view need, and for nothing more', async () => {
  const { features, oauth_config, settings } = await readManifest();
  const needed = [
    'chat:write',
    // Who is an admin, and who is a guest.
    'users:read',
    // Pictures.
    'files:write',
    ...(features.slash_commands.length > 0 || features.shortcuts ? ['commands'] : []),
    ...(features.agent_view ? ['assistant:write'] : []),
    ...settings.event_subscriptions.bot_events.flatMap((event) => scopesOfEvents[event] ?? [`unknown event ${event}`]),
  ];
  const { bot, bot_optional: optional = [] } = oauth_config.scopes;
  expect([...bot].sort()).toEqual(needed.sort());
  expect(optional).toEqual(['channels:history', 'files:write', 'groups:history', 'mpim:history']);
  // Slack asks for an optional scope only where it stands in both lists.
  expect(bot).toEqual(expect.arrayContaining([...optional]));
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

test('every question that the manifest suggests is answered', async () => {
  const { features } = await readManifest();
  const { matcher } = await openShippedBook();
  const prompts = features.agent_view?.suggested_prompts ?? [];
  expect(prompts.length).toBeGreaterThan(0);
  for (const { message } of prompts) {
    const { outcome, smallTalk } = matcher.match(message);
    expect(smallTalk ?? outcome, message).toMatch(/^(?:answer|help)$/);
  }
});
