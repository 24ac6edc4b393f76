import { z } from 'zod';
import type { Requester } from '../people/requester.ts';
import type { Destination } from '../transport/post.ts';

/** A pressed button, or a choice from a menu. */
export interface Press {
  readonly action: string;
  readonly value: string;
  /** The name of the block that it stands in. */
  readonly block: string;
  /** True for a button that opens a link, which needs no answer. */
  readonly link: boolean;
  readonly who: Requester;
  /** The message that it stands in; null in App Home and in modals. */
  readonly where: Destination | null;
  /** The message's timestamp, with which it can be edited; null where it cannot. */
  readonly ts: string | null;
  /** Names the message, private or not, among those of its place; null in App Home and in modals. */
  readonly message: string | null;
  /** Whether only whoever pressed it sees the message. */
  readonly private: boolean;
  /** Opens a modal, within three seconds. */
  readonly trigger: string;
  /** The modal that it stands in, if it stands in one. */
  readonly modal: string | null;
  /** When it was pressed by Slack's clock, in milliseconds since 1970: ours may have gone back meanwhile. */
  readonly at: number;
  /** Slack's timestamp of the press, which tells it apart from another one of the same button; null where there is none. */
  readonly stamp: string | null;
}

/** The fields that are used (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload). */
const pressSchema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }).optional(),
  trigger_id: z.string().default(''),
  container: z
    .object({
      is_ephemeral: z.boolean().optional(),
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
      channel_id: z.string().optional(),
    })
    .default({}),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  view: z.object({ id: z.string(), type: z.string() }).optional(),
});

const actionSchema = z.object({
  action_id: z.string(),
  block_id: z.string().default(''),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
  url: z.string().optional(),
  action_ts: z.string().optional(),
});

/** Reads a press. @returns null for something that is none */
export function readPress(body: unknown, action: unknown): Press | null {
  const parsed = pressSchema.safeParse(body);
  const pressed = actionSchema.safeParse(action);
  if (!parsed.success || !pressed.success) return null;
  const { user, team, channel, container, message, view, trigger_id: trigger } = parsed.data;
  const { action_id, block_id, value, selected_option, url, action_ts } = pressed.data;
  const hidden = container.is_ephemeral === true;
  const ts = message?.ts ?? container.message_ts ?? null;
  const thread = hidden ? container.thread_ts : (message?.thread_ts ?? container.thread_ts ?? ts ?? undefined);
  const place = channel?.id ?? container.channel_id;
  return {
    action: action_id,
    value: value ?? selected_option?.value ?? '',
    block: block_id,
    link: url !== undefined,
    who: { team: team?.id ?? user.team_id ?? '', user: user.id },
    where: place === undefined ? null : { channel: place, ...(thread === undefined ? {} : { thread }) },
    ts: hidden ? null : ts,
    message: ts,
    private: hidden,
    trigger,
    modal: view?.type === 'modal' ? view.id : null,
    at: pressedAt(action_ts),
    stamp: isTimestamp(action_ts) ? action_ts : null,
  };
}

/** Seconds since 1970 that a timestamp of Slack surpasses; what stands in its place may send something else. */
const firstSecond = 1_000_000_000;

function pressedAt(timestamp: string | undefined): number {
  return isTimestamp(timestamp) ? Math.round(Number(timestamp) * 1000) : Date.now();
}

function isTimestamp(timestamp: string | undefined): timestamp is string {
  return Number(timestamp) > firstSecond;
}
