import { z } from 'zod';

/**
 * What Slack accepts as blocks, as far as this app uses it. Sizes are Slack's
 * (https://docs.slack.dev/reference/block-kit/blocks); anything unknown is refused, so that a new kind of block is
 * looked up before it is used.
 */
const filled = (most: number) => z.string().min(1).max(most);
const plainText = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: filled(most), emoji: z.boolean().optional() });
/** The one place where `<` starts markup, so nothing that a person wrote may stand in it unescaped. */
const mrkdwn = (most: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: filled(most).refine((text) => !/<[!@#]/.test(text), 'a mrkdwn text pings'),
  });
const blockId = filled(255).optional();

const style = z
  .strictObject({ bold: z.boolean().optional(), italic: z.boolean().optional(), code: z.boolean().optional() })
  .optional();
const text = z.strictObject({ type: z.literal('text'), text: filled(12_000), style });
const link = z.strictObject({ type: z.literal('link'), url: z.url().max(3000), text: filled(3000).optional(), style });
const channel = z.strictObject({ type: z.literal('channel'), channel_id: z.string().regex(/^[CGD][A-Z0-9]+$/) });
const user = z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/) });
const element = z.discriminatedUnion('type', [text, link, channel, user]);
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(element).min(1) });
const richTextPart = z.discriminatedUnion('type', [
  section,
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(element).min(1) }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [text, link])).min(1),
    language: filled(50).optional(),
  }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    indent: z.number().int().min(0).max(8).optional(),
    offset: z.number().int().min(0).optional(),
    elements: z.array(section).min(1),
  }),
]);
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z.array(richTextPart).min(1),
});

const confirmation = z.strictObject({
  title: plainText(100),
  text: plainText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});
const button = z.strictObject({
  type: z.literal('button'),
  action_id: filled(255),
  text: plainText(75),
  value: filled(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirmation.optional(),
  accessibility_label: filled(75).optional(),
});
/** The documentation says 150 characters of value, Slack's types say 75. */
const option = z.strictObject({ text: plainText(75), value: filled(75), description: plainText(75).optional() });
const optionGroup = z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) });
const menu = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: filled(255),
    placeholder: plainText(150),
    options: z.array(option).min(1).max(100).optional(),
    option_groups: z.array(optionGroup).min(1).max(100).optional(),
    confirm: confirmation.optional(),
  })
  .refine(
    ({ options, option_groups: groups }) => (options === undefined) !== (groups === undefined),
    'a menu has options or groups of options',
  )
  .refine(({ options = [], option_groups: groups = [] }) => {
    const lines = [...options, ...groups.flatMap((group) => group.options)];
    return isUnique(lines.map(({ value }) => value));
  }, 'a menu has a value twice');
/** One of a pair of buttons (https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element). */
const feedbackButton = z.strictObject({
  text: plainText(75),
  value: filled(2000),
  accessibility_label: filled(75).optional(),
});
const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: filled(255),
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});
const choice = z.strictObject({ text: plainText(75), value: filled(150), description: plainText(75).optional() });
/** In messages and modals alike (https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element). */
const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  action_id: filled(255),
  options: z.array(choice).min(1).max(10),
  initial_option: choice.optional(),
});
const actionElement = z.discriminatedUnion('type', [button, menu, radioButtons]);

const anywhere = [
  richText,
  z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) }),
  z.strictObject({
    type: z.literal('context'),
    block_id: blockId,
    elements: z
      .array(z.discriminatedUnion('type', [plainText(2000), mrkdwn(2000)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: z.discriminatedUnion('type', [plainText(3000), mrkdwn(3000)]),
    accessory: actionElement.optional(),
  }),
  z.strictObject({
    type: z.literal('image'),
    block_id: blockId,
    slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]+$/) }),
    alt_text: filled(2000),
  }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: blockId,
    elements: z
      .array(actionElement)
      .min(1)
      .max(25)
      .refine((elements) => isUnique(elements.map(({ action_id: id }) => id)), 'an action_id stands twice in a block'),
  }),
] as const;

const rawCell = z.strictObject({ type: z.literal('raw_text'), text: filled(10_000) });
const table = z.strictObject({
  type: z.literal('table'),
  block_id: blockId,
  rows: z
    .array(
      z
        .array(z.discriminatedUnion('type', [rawCell, richText]))
        .min(1)
        .max(20),
    )
    .min(1)
    .max(100)
    .refine((rows) => new Set(rows.map((row) => row.length)).size === 1, 'rows of a table differ in length'),
  column_settings: z
    .array(
      z.strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() }),
    )
    .max(20)
    .optional(),
});

const blockList = <Blocks extends z.ZodType<{ type: string; block_id?: string | undefined }>>(
  block: Blocks,
  most: number,
) =>
  z
    .array(block)
    .max(most)
    .refine((blocks) => isUnique(blocks.flatMap(({ block_id: id }) => id ?? [])), 'a block_id stands twice');

const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: blockId,
  elements: z.array(feedbackButtons).min(1).max(5),
});

/** The blocks of a message. */
export const messageBlocks = blockList(z.discriminatedUnion('type', [...anywhere, table, contextActions]), 50).refine(
  (blocks) => blocks.filter((block) => block.type === 'table').length <= 1,
  'more than one table',
);

const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: filled(255),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  initial_value: z.string().max(3000).optional(),
  placeholder: plainText(150).optional(),
});
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  action_id: filled(255),
  is_decimal_allowed: z.boolean(),
  initial_value: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
});
const userId = z.string().regex(/^[UW][A-Z0-9]+$/);
const conversationId = z.string().regex(/^[CDG][A-Z0-9]+$/);
const conversationFilter = z.strictObject({
  include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).min(1),
  exclude_bot_users: z.boolean().optional(),
});
const selects = [
  z.strictObject({ type: z.literal('users_select'), action_id: filled(255), initial_user: userId.optional() }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    action_id: filled(255),
    initial_users: z.array(userId).min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    action_id: filled(255),
    filter: conversationFilter.optional(),
    initial_conversation: conversationId.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    action_id: filled(255),
    filter: conversationFilter.optional(),
    initial_conversations: z.array(conversationId).min(1).optional(),
  }),
] as const;
const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [textInput, radioButtons, numberInput, ...selects]),
});

/** A home has no button that sends what was put in, so each field does. */
const homeInput = input.extend({ dispatch_action: z.literal(true) });
const viewBlocks = blockList(z.discriminatedUnion('type', [...anywhere, homeInput]), 100).min(1);
const modalBlocks = blockList(z.discriminatedUnion('type', [...anywhere, input]), 100).min(1);

/** A view of App Home, or a modal (https://docs.slack.dev/reference/views). */
export const viewRules = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('home'), blocks: viewBlocks }),
  z
    .strictObject({
      type: z.literal('modal'),
      title: plainText(24),
      close: plainText(24).optional(),
      submit: plainText(24).optional(),
      callback_id: filled(255).optional(),
      private_metadata: z.string().max(3000).optional(),
      blocks: modalBlocks,
    })
    .refine(
      ({ blocks, submit }) => submit !== undefined || blocks.every(({ type }) => type !== 'input'),
      'a modal with inputs needs a submit button',
    ),
]);

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
