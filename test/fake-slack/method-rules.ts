import { z } from 'zod';
import { refusalOf, viewRefusalOf } from './validate-message.ts';

/** The fields of a call, as they come in: each a text, structures as JSON. */
export type Fields = Readonly<Record<string, string>>;

const channel = z.string().regex(/^[CDGU][A-Z0-9]+$/, 'channel_not_found');
const user = z.string().regex(/^[UW][A-Z0-9]+$/, 'user_not_found');
const ts = z.string().regex(/^\d+\.\d{6}$/, 'not a timestamp');
const flag = z.enum(['true', 'false']);
const content = { text: z.string(), blocks: z.string().optional() };
const prompts = z
  .array(z.strictObject({ title: z.string().min(1), message: z.string().min(1) }))
  .min(1)
  .max(4);

/** Files that were uploaded, to be kept by the app alone. */
const uploadedFiles = z.array(z.strictObject({ id: z.string().min(1), title: z.string().min(1) })).length(1);

const metadataRules = z.strictObject({
  event_type: z.string().regex(/^\w{1,255}$/),
  event_payload: z.record(z.string(), z.unknown()),
});

/** The methods that this app calls, with the arguments that each takes (https://docs.slack.dev/reference/methods). */
const methods: Readonly<Record<string, z.ZodType>> = {
  'auth.test': z.strictObject({}),
  'apps.connections.open': z.strictObject({}),
  'chat.postMessage': z.strictObject({
    channel,
    ...content,
    thread_ts: ts.optional(),
    unfurl_links: flag.optional(),
    unfurl_media: flag.optional(),
    metadata: z
      .string()
      .refine((json) => metadataRules.safeParse(JSON.parse(json)).success, 'invalid_metadata_format')
      .optional(),
  }),
  'conversations.history': z.strictObject({
    channel: channel.refine((id) => !id.startsWith('U')),
    oldest: z.string().regex(/^\d+(\.\d+)?$/),
    latest: z.string().regex(/^\d+(\.\d+)?$/),
    limit: z.string().regex(/^\d{1,3}$/),
    include_all_metadata: flag,
  }),
  'conversations.replies': z.strictObject({
    channel: channel.refine((id) => !id.startsWith('U')),
    ts,
    limit: z.string().regex(/^\d{1,3}$/),
  }),
  'chat.update': z.strictObject({ channel: channel.refine((id) => !id.startsWith('U')), ts, ...content }),
  'chat.postEphemeral': z.strictObject({
    channel: channel.refine((id) => !id.startsWith('U')),
    user,
    ...content,
    thread_ts: ts.optional(),
  }),
  'chat.delete': z.strictObject({ channel: channel.refine((id) => !id.startsWith('U')), ts }),
  'chat.getPermalink': z.strictObject({ channel: channel.refine((id) => !id.startsWith('U')), message_ts: ts }),
  'conversations.open': z.strictObject({ users: user }),
  'users.info': z.strictObject({ user, include_locale: flag.optional() }),
  'views.publish': z.strictObject({ user_id: user, view: z.string() }),
  'views.open': z.strictObject({ trigger_id: z.string().min(1), view: z.string() }),
  'views.update': z.strictObject({ view_id: z.string().min(1), view: z.string() }),
  'assistant.threads.setSuggestedPrompts': z.strictObject({
    channel_id: channel,
    title: z.string().optional(),
    prompts: z.string().refine((json) => prompts.safeParse(JSON.parse(json)).success, 'bad prompts'),
  }),
  'files.getUploadURLExternal': z.strictObject({
    filename: z.string().min(1),
    length: z.string().regex(/^[1-9]\d*$/),
    alt_text: z.string().min(1).max(1000),
  }),
  'files.completeUploadExternal': z.strictObject({
    files: z.string().refine((json) => uploadedFiles.safeParse(JSON.parse(json)).success, 'bad files'),
  }),
  respond: z.strictObject({
    response_type: z.literal('ephemeral'),
    replace_original: flag,
    ...content,
    thread_ts: ts.optional(),
  }),
};

/**
 * Checks a call of the Web API, or a use of a response address (`respond`), the way Slack does.
 * @returns what Slack would refuse it for, or null
 */
export function callRefusalOf(method: string, { token: _token, team_id: _team, ...fields }: Fields): string | null {
  const rules = methods[method];
  if (!rules) return 'unknown_method';
  const parsed = rules.safeParse(fields);
  if (!parsed.success) return `invalid_arguments: ${z.prettifyError(parsed.error)}`;
  if (fields.view !== undefined) return viewRefusalOf(JSON.parse(fields.view));
  if (fields.text === undefined && fields.blocks === undefined) return null;
  return refusalOf(fields.text, fields.blocks === undefined ? undefined : JSON.parse(fields.blocks));
}
