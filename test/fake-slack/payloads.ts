import type { Call } from './fake-slack.ts';
import { workspace } from './fake-slack.ts';

let counter = 0;

/** A timestamp that no other message has. */
export function nextTs(): string {
  return `17000000${String(++counter).padStart(2, '0')}.000200`;
}

/** The payload of a mention in a channel, as Slack sends it. */
export function mention(text: string, fields: object = {}): object {
  const ts = nextTs();
  return envelope({
    type: 'app_mention',
    user: 'U1',
    text: `<@${workspace.botUser}> ${text}`,
    ts,
    channel: 'C1',
    event_ts: ts,
    ...fields,
  });
}

/** The payload of a message event, in a direct conversation unless the fields say otherwise. */
export function message(text: string, fields: object = {}): object {
  const ts = nextTs();
  return envelope({
    type: 'message',
    channel_type: 'im',
    user: 'U1',
    text,
    ts,
    channel: 'D1',
    event_ts: ts,
    ...fields,
  });
}

function envelope(event: object): object {
  return {
    token: 'verification',
    team_id: workspace.team,
    api_app_id: 'A1',
    event,
    type: 'event_callback',
    event_id: `Ev${++counter}`,
    event_time: 1_700_000_000,
    authorizations: [
      { team_id: workspace.team, user_id: workspace.botUser, is_bot: true, is_enterprise_install: false },
    ],
  };
}

/** The payload of `/docker …`. */
export function command(text: string, responseUrl: string, fields: object = {}): object {
  return {
    token: 'verification',
    team_id: workspace.team,
    team_domain: 'test',
    channel_id: 'C1',
    channel_name: 'general',
    user_id: 'U1',
    user_name: 'ann',
    command: '/docker',
    text,
    api_app_id: 'A1',
    response_url: responseUrl,
    trigger_id: '1.2.3',
    ...fields,
  };
}

/** The payload of a pressed button of a message that the app posted. */
export function press(
  posted: Call,
  actionId: string,
  responseUrl: string,
  options: { user?: string; ts?: string; ephemeral?: boolean } = {},
): object {
  const button = posted.blocks
    ?.flatMap((block) => block.elements ?? [])
    .find((element) => element.action_id === actionId);
  if (!button) throw new Error(`The message has no button ${actionId}`);
  const ts = options.ts ?? '1001.000100';
  const thread = posted.fields.thread_ts;
  return {
    type: 'block_actions',
    user: { id: options.user ?? 'U1', username: 'ann', name: 'ann', team_id: workspace.team },
    api_app_id: 'A1',
    token: 'verification',
    container: { type: 'message', message_ts: ts, channel_id: 'C1', is_ephemeral: options.ephemeral === true },
    trigger_id: '1.2.4',
    team: { id: workspace.team, domain: 'test' },
    channel: { id: posted.fields.channel ?? 'C1', name: 'general' },
    ...(options.ephemeral === true
      ? {}
      : {
          message: {
            type: 'message',
            ts,
            text: posted.fields.text,
            ...(thread === undefined ? {} : { thread_ts: thread }),
          },
        }),
    response_url: responseUrl,
    actions: [{ type: 'button', block_id: 'b1', action_ts: '1.2', ...button }],
  };
}
