import { z } from 'zod';

/**
 * What Slack accepts as blocks, as far as this app uses it. Sizes are Slack's
 * (https://docs.slack.dev/reference/block-kit/blocks); anything unknown is refused, so that a new kind of block is
 * looked up before it is used.
 */
const filled = (most: number) => z.string().min(1).max(most);
const plainText = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: filled(most), emoji: z.boolean().optional() });
const mrkdwn = (most: number) => z.strictObject({ type: z.literal('mrkdwn'), text: filled(most) });
const style = z
  .strictObject({ bold: z.boolean().optional(), italic: z.boolean().optional(), code: z.boolean().optional() })
  .optional();

const element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: filled(12_000), style }),
  z.strictObject({ type: z.literal('link'), url: z.url().max(3000), text: filled(3000).optional(), style }),
]);
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(element).min(1) });
const richTextPart = z.discriminatedUnion('type', [
  section,
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(element).min(1) }),
  z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(element).min(1) }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    indent: z.number().int().min(0).max(8).optional(),
    offset: z.number().int().min(0).optional(),
    elements: z.array(section).min(1),
  }),
]);
const richText = z.strictObject({ type: z.literal('rich_text'), elements: z.array(richTextPart).min(1) });
const button = z.strictObject({
  type: z.literal('button'),
  action_id: filled(255),
  text: plainText(75),
  value: filled(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});
const block = z.discriminatedUnion('type', [
  richText,
  z.strictObject({ type: z.literal('header'), text: plainText(150) }),
  z.strictObject({
    type: z.literal('context'),
    elements: z
      .array(z.union([plainText(2000), mrkdwn(2000)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(button).min(1).max(25) }),
  z.strictObject({
    type: z.literal('table'),
    rows: z
      .array(
        z
          .array(z.union([z.strictObject({ type: z.literal('raw_text'), text: filled(10_000) }), richText]))
          .min(1)
          .max(20),
      )
      .min(1)
      .max(100),
    column_settings: z
      .array(
        z.strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() }),
      )
      .max(20),
  }),
]);

const blocksSchema = z.array(block).max(50);

/**
 * Checks a message the way Slack does.
 * @returns what Slack would refuse it for, or null
 */
export function refusalOf(text: string | undefined, blocks: unknown): string | null {
  if (text === undefined || text.trim() === '') return 'no_text';
  if (text.length > 40_000) return 'msg_too_long';
  if (/<[!@#]/.test(text)) return `the text pings: ${text.slice(0, 200)}`;
  if (blocks === undefined) return null;
  const parsed = blocksSchema.safeParse(blocks);
  if (!parsed.success) return `invalid_blocks: ${z.prettifyError(parsed.error)}`;
  const json = JSON.stringify(blocks);
  if (json.length > 13_200) return 'msg_blocks_too_long';
  if (parsed.data.filter((item) => item.type === 'table').length > 1) return 'invalid_blocks: more than one table';
  const ids = parsed.data.flatMap((item) =>
    item.type === 'actions' ? item.elements.map((each) => each.action_id) : [],
  );
  if (new Set(ids).size < ids.length) return 'invalid_blocks: an action_id stands twice';
  const mentions = parsed.data.some(
    (item) => item.type === 'context' && item.elements.some((each) => /<[!@#]/.test(each.text)),
  );
  return mentions ? 'a context block pings' : null;
}
