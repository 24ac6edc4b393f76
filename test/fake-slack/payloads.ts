import type { BlockElement, Call, MenuOption } from './fake-slack.ts';
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

/** Where a payload comes from, other than the workspace of most tests. */
interface Elsewhere {
  readonly team: string;
  readonly botUser: string;
  /** The organisation that installed the app as a whole. */
  readonly enterprise?: string;
}

/** The payload of an event as it comes from another workspace. */
export function eventFrom({ team, botUser, enterprise = undefined }: Elsewhere, payload: object): object {
  const isEnterprise = enterprise !== undefined;
  const authorization = { team_id: team, user_id: botUser, is_bot: true, is_enterprise_install: isEnterprise };
  return {
    ...payload,
    team_id: team,
    ...(isEnterprise ? { enterprise_id: enterprise } : {}),
    authorizations: [isEnterprise ? { ...authorization, enterprise_id: enterprise } : authorization],
  };
}

/** The payload of the app's uninstallation. */
export function uninstalled(): object {
  return envelope({ type: 'app_uninstalled', event_ts: nextTs() });
}

/** The payload of the revocation of the bot's token, or of a person's. */
export function revoked(kind: 'bot' | 'oauth'): object {
  return envelope({ type: 'tokens_revoked', tokens: { [kind]: ['U0BOT'] }, event_ts: nextTs() });
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

/** How a button is pressed. */
export interface PressOptions {
  readonly user?: string;
  readonly ts?: string;
  /** The message is one that only this person sees. */
  readonly ephemeral?: boolean;
  /** What is picked, where it is a menu, or written, where it is a field. */
  readonly pick?: string;
}

/** The payload of a pressed button, or a used menu, of a message that the app posted, or of a view that it opened. */
export function press(posted: Call, actionId: string, responseUrl: string, options: PressOptions = {}): object {
  const action = pressed(posted, actionId, options.pick);
  return {
    type: 'block_actions',
    user: { id: options.user ?? 'U1', username: 'ann', name: 'ann', team_id: workspace.team },
    api_app_id: 'A1',
    token: 'verification',
    trigger_id: '1.2.4',
    team: { id: workspace.team, domain: 'test' },
    ...(posted.method.startsWith('views.') ? viewPlace(posted) : messagePlace(posted, responseUrl, options)),
    actions: [{ action_ts: pressedAt(), ...action }],
  };
}

/** The element that bears an id, or holds it as a line or as a half, as Slack sends it when it is used. */
function pressed({ blocks = [] }: Call, actionId: string, pick?: string): object {
  const placed = blocks.flatMap(({ elements = [], accessory, element: field, block_id: block = 'b1' }) =>
    [...elements, ...(accessory ? [accessory] : []), ...(field ? [field] : [])].map((element) => ({ element, block })),
  );
  const own = placed.find(({ element: { action_id: id } }) => id === actionId || id?.replace(/_\d+$/, '') === actionId);
  if (own) {
    const { options, option_groups: groups, ...element } = own.element;
    const lines = linesOf(own.element);
    const selected = lines.length > 0 ? { selected_option: lines.find(({ value }) => value === pick) } : {};
    const written = element.type === 'plain_text_input' ? { value: pick } : {};
    return { block_id: own.block, ...element, ...selected, ...written };
  }
  for (const { element, block } of placed) {
    const { positive_button: positive, negative_button: negative, type, action_id } = element;
    const holds = ({ value }: MenuOption) =>
      value.startsWith(`${actionId} `) && (pick === undefined || value.endsWith(` ${pick}`));
    const line = linesOf(element).find(holds);
    if (line) return { type, action_id, block_id: block, selected_option: line };
    const half = [positive, negative].find((each) => each !== undefined && holds(each));
    if (half) return { type, action_id, block_id: block, value: half.value };
  }
  throw new Error(`The message has no button ${actionId}`);
}

function linesOf({ options = [], option_groups: groups = [] }: BlockElement): readonly MenuOption[] {
  return [...options, ...groups.flatMap((group) => group.options)];
}

/** A timestamp that no other press has. */
function pressedAt(): string {
  return `${(Date.now() / 1000).toFixed(3)}${String(++counter % 1000).padStart(3, '0')}`;
}

function messagePlace({ fields }: Call, responseUrl: string, { ts = '1001.000100', ephemeral = false }: PressOptions) {
  const channel = fields.channel ?? 'C1';
  const thread = fields.thread_ts === undefined ? {} : { thread_ts: fields.thread_ts };
  return {
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: ephemeral, ...thread },
    channel: { id: channel, name: 'general' },
    ...(ephemeral ? {} : { message: { type: 'message', ts, text: fields.text, ...thread } }),
    response_url: responseUrl,
  };
}

function viewPlace({ method }: Call) {
  const type = method === 'views.publish' ? 'home' : 'modal';
  return { container: { type: 'view', view_id: 'V1' }, view: { id: 'V1', type } };
}

/** The payload of the message shortcut, used on somebody's message. */
export function shortcut(text: string, responseUrl: string, message: object = {}): object {
  return {
    type: 'message_action',
    callback_id: 'ask_about_message',
    token: 'verification',
    trigger_id: '1.2.5',
    action_ts: '1.3',
    team: { id: workspace.team, domain: 'test' },
    user: { id: 'U1', username: 'ann', team_id: workspace.team, name: 'ann' },
    channel: { id: 'C1', name: 'general' },
    message_ts: '1500.000100',
    message: { type: 'message', user: 'U2', text, ts: '1500.000100', ...message },
    response_url: responseUrl,
  };
}

/** The payload of a person opening the app's home or its messages. */
export function homeOpened(tab: 'home' | 'messages', user = 'U1'): object {
  return envelope({ type: 'app_home_opened', user, channel: 'D1', tab, event_ts: nextTs() });
}

/** How a modal is sent back. */
export interface SubmitOptions {
  readonly user?: string;
  /** What the modal is called, where it is not the opened one's own name. */
  readonly callbackId?: string;
}

/** The payload of a modal that was opened by `posted` and sent back with values by block and action. */
export function submit(posted: Call, values: object, options: SubmitOptions = {}): object {
  const view = JSON.parse(posted.fields.view ?? '{}');
  return {
    type: 'view_submission',
    team: { id: workspace.team, domain: 'test' },
    user: { id: options.user ?? 'U1', username: 'ann', name: 'ann', team_id: workspace.team },
    api_app_id: 'A1',
    token: 'verification',
    trigger_id: '1.2.6',
    view: {
      ...view,
      id: 'V1',
      team_id: workspace.team,
      callback_id: options.callbackId ?? view.callback_id,
      private_metadata: view.private_metadata ?? '',
      state: { values },
    },
    response_urls: [],
    is_enterprise_install: false,
  };
}
