import { channel, channelOrPerson, channels, choice, count, people, type TeamSetting } from './team-setting.ts';

/** What a team may change for itself; the environment says what is in force where it has not. */
export const team = {
  admins: {
    environment: 'ADMINS',
    ...people,
    means: 'ids of people who are admins of Dockproof in every workspace',
    otherwise: 'nobody',
    label: 'Admins',
    hint: 'They may change these settings and see the open questions.',
  },
  demoPeople: {
    environment: 'DEMO_PEOPLE',
    ...people,
    means: 'ids of people who may run demos',
    otherwise: 'everybody',
    label: 'Who may run demos',
    hint: 'Empty means everybody.',
  },
  demoChannels: {
    environment: 'DEMO_CHANNELS',
    ...channels,
    means: 'ids of channels in which demos may run',
    otherwise: 'everywhere',
    label: 'Channels for demos',
    hint: 'Empty means everywhere.',
  },
  answerChannels: {
    environment: 'ANSWER_CHANNELS',
    ...channels,
    means: 'ids of channels in which it answers',
    otherwise: 'all it is in',
    label: 'Channels to answer in',
    hint: 'Empty means all I am in.',
  },
  guestsMayRunDemos: {
    environment: 'DEMO_GUESTS',
    ...choice('Answers only', 'Answers and demos'),
    means: '`true` lets guests and people of connected workspaces run demos',
    label: 'Guests and people of connected workspaces get',
    hint: null,
  },
  dailyDemoBudget: {
    environment: 'DEMO_DAILY_BUDGET',
    ...count(1_000_000),
    means: 'demos a day in a workspace, from midnight UTC',
    otherwise: 'no limit',
    label: 'Demos a day',
    hint: 'Empty means no limit.',
  },
  askHuman: {
    environment: 'ASK_HUMAN',
    ...channelOrPerson('Or a person for them'),
    means: 'id of the channel or person that gets questions that need a human',
    otherwise: 'nobody',
    label: 'Channel for questions that need a human',
    hint: 'Invite me there.',
  },
  digestChannel: {
    environment: 'DIGEST_CHANNEL',
    ...channel,
    means: 'id of the channel that gets the weekly report of gaps',
    otherwise: 'none',
    label: 'Channel for the weekly report of open questions',
    hint: 'Invite me there.',
  },
} as const satisfies Readonly<Record<string, TeamSetting>>;
