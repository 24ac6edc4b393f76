import { createSecretKey } from 'node:crypto';
import { z } from 'zod';
import type { Rows } from './rows.ts';
import { listed, perhaps, portNumber, whole } from './setting.ts';
import { channel, channelOrPerson, channels, choice, count, people, type TeamSetting } from './team-setting.ts';

const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** A key for AES-256. As a key object it cannot be printed or logged by accident. */
const storeKey = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64; make one with: openssl rand -base64 32')
  .transform((text) => createSecretKey(text, 'base64'));

const digest = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$/, 'must name an image by digest, such as busybox@sha256:…');

const stateSecret = z.string().min(16, 'must have 16 characters or more; make one with: openssl rand -base64 32');

/** Registries that give public images to anybody. */
const publicRegistries = [
  'docker.io',
  'ghcr.io',
  'quay.io',
  'public.ecr.aws',
  'gcr.io',
  'mcr.microsoft.com',
  'registry.k8s.io',
  'registry.gitlab.com',
];

const registry = z
  .string()
  .regex(
    /^(?:private:)?(?:[A-Za-z0-9.-]+|\[[A-Fa-f0-9:]+\])(?::\d{1,5})?$/,
    'must name hosts of registries, such as ghcr.io or private:registry.example:5000',
  );

/** What a team may change for itself; the environment says what is in force where it has not. */
const team = {
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

/** How many demos run, and how long. */
const demoLimits = {
  concurrency: { environment: 'DEMO_CONCURRENCY', ...whole(2), means: 'demos at once' },
  queue: { environment: 'DEMO_QUEUE', ...whole(50, 0), means: 'demos that may wait' },
  perPerson: { environment: 'DEMO_PER_PERSON', ...whole(1), means: 'demos of one person at once; further ones wait' },
  perChannel: {
    environment: 'DEMO_PER_CHANNEL',
    ...whole(2),
    means: 'demos in one channel at once; further ones wait',
  },
  timeLimitSeconds: {
    environment: 'DEMO_TIME_LIMIT_SECONDS',
    ...whole(60, 5),
    means: 'seconds before a demo is ended',
  },
} as const;

/** How to reach Slack: one workspace by its token, or many by OAuth. */
const slack = {
  botToken: {
    environment: 'SLACK_BOT_TOKEN',
    ...perhaps(z.string().startsWith('xoxb-', 'must be a bot token, which starts with xoxb-')),
    means: 'the app in one workspace',
    otherwise: 'no Slack',
  },
  appToken: {
    environment: 'SLACK_APP_TOKEN',
    ...perhaps(z.string().startsWith('xapp-', 'must be an app-level token, which starts with xapp-')),
    means: 'Slack over Socket Mode',
    otherwise: 'Slack over HTTP',
  },
  signingSecret: {
    environment: 'SLACK_SIGNING_SECRET',
    ...perhaps(z.string()),
    means: '[Slack over HTTP](slack.md#over-http-instead)',
    otherwise: 'Slack over Socket Mode',
  },
  clientId: {
    environment: 'SLACK_CLIENT_ID',
    ...perhaps(z.string()),
    means: 'Slack in [many workspaces](slack.md#in-many-workspaces)',
    otherwise: 'one workspace',
  },
  clientSecret: {
    environment: 'SLACK_CLIENT_SECRET',
    ...perhaps(z.string()),
    means: 'the same',
    otherwise: 'one workspace',
  },
  stateSecret: {
    environment: 'SLACK_STATE_SECRET',
    ...perhaps(stateSecret),
    means: 'signs what an installation in a browser begins with; 16 characters or more',
    otherwise: 'one workspace',
  },
  publicUrl: {
    environment: 'PUBLIC_URL',
    ...perhaps(address),
    means: 'where people reach the pages that install it',
    otherwise: "the app's first redirect address",
  },
  apiUrl: {
    environment: 'SLACK_API_URL',
    ...perhaps(address),
    means: "another base for Slack's Web API",
    otherwise: 'Slack itself',
  },
} as const;

/**
 * Every setting: one row each. A group of rows is a group of `Config`, and a row's key its name there; what validates
 * it, its default, its field in the window of settings and its row in `docs/settings.md` come from here.
 */
export const settings = {
  slack,
  http: {
    port: {
      environment: 'PORT',
      schema: portNumber.default(3000),
      means: 'port of the health addresses, and of Slack over HTTP',
    },
    host: { environment: 'HOST', schema: z.string().default('127.0.0.1'), means: 'address to listen at' },
  },
  metrics: {
    port: {
      environment: 'METRICS_PORT',
      ...perhaps(portNumber),
      means: 'port of `/metrics`',
      otherwise: 'beside the health addresses, unless Slack uses that port',
    },
    host: {
      environment: 'METRICS_HOST',
      schema: z.string().default('127.0.0.1'),
      means: 'address of `/metrics`, where `METRICS_PORT` is set',
    },
  },
  engine: {
    host: {
      environment: 'DOCKER_HOST',
      ...perhaps(z.string()),
      means: '[the engine for demos](engine.md)',
      otherwise: 'the one on this machine',
    },
    tlsVerify: {
      environment: 'DOCKER_TLS_VERIFY',
      schema: z
        .string()
        .default('0')
        .transform((value) => value !== '0'),
      means: 'anything but `0` reaches the engine over TLS',
      otherwise: 'TLS only where the address asks for it',
    },
    certPath: {
      environment: 'DOCKER_CERT_PATH',
      ...perhaps(z.string()),
      means: 'folder of the certificates for that',
      otherwise: 'none',
    },
  },
  engineWithoutLimits: {
    environment: 'DEMO_ENGINE_WITHOUT_LIMITS',
    schema: z.enum(['refuse', 'allow']).default('refuse'),
    means:
      '`allow` runs demos also on an engine that takes no notice of some limits ([which](engine.md#engines-that-are-refused))',
  },
  baseImage: {
    environment: 'BASE_IMAGE',
    ...perhaps(digest),
    means: 'an image by digest to take busybox from, for the demo base image',
    otherwise: 'busybox is looked for on this machine',
  },
  knowledgeFolders: {
    environment: 'KNOWLEDGE_DIRS',
    ...listed,
    means: "folders of your team's own entries, between commas ([how](writing-entries.md))",
    otherwise: 'the shipped book alone',
  },
  dataFolder: {
    environment: 'DATA_DIR',
    schema: z.string().default('data'),
    means: 'folder of [what is kept between runs](store.md)',
  },
  storeKeys: {
    current: {
      environment: 'STORE_KEY',
      ...perhaps(storeKey),
      means: 'encrypts tokens of workspaces, [with OAuth only](store.md#keys)',
      otherwise: 'none',
    },
    previous: {
      environment: 'STORE_KEY_PREVIOUS',
      ...perhaps(storeKey),
      means: 'the key before it, [while they are encrypted anew](store.md#keys)',
      otherwise: 'none',
    },
  },
  team,
  demoLimits,
  warmRuns: {
    environment: 'DEMO_WARM_RUNS',
    ...whole(2, 0),
    means: 'demos that stand begun for whoever asks next ([how](sandbox.md#begun-ahead))',
  },
  layerRegistries: {
    environment: 'LAYER_REGISTRIES',
    schema: listed.schema.pipe(z.array(registry)).default(publicRegistries),
    means:
      'registries that may be asked what is in their images, between commas ([how](layers.md#which-registries-are-asked))',
    otherwise: 'the public ones',
  },
  logLevel: {
    environment: 'LOG_LEVEL',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    means: '`trace`, `debug`, `info`, `warn`, `error` or `silent`',
  },
} as const satisfies Rows;
