import { createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { type SlackConfig, slackConfig, slackSettings } from './slack-config.ts';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const whole = (fallback: number, least = 1) => z.coerce.number().int().min(least).default(fallback);

/** A key for AES-256. As a key object it cannot be printed or logged by accident. */
const storeKey = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64; make one with: openssl rand -base64 32')
  .transform((text) => createSecretKey(text, 'base64'));

/** A channel or a person, as Slack names them. */
const slackPlace = z
  .string()
  .trim()
  .regex(/^[CGUW][A-Z0-9]+$/, 'must be the id of a channel or a person, such as C0123456789');

const environmentSchema = z.object({
  ...slackSettings,
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  DOCKER_HOST: z.string().optional(),
  DOCKER_TLS_VERIFY: z.string().optional(),
  DOCKER_CERT_PATH: z.string().optional(),
  BASE_IMAGE: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$/, 'must name an image by digest, such as busybox@sha256:…')
    .optional(),
  KNOWLEDGE_DIRS: list.default([]),
  DATA_DIR: z.string().min(1).default('data'),
  STORE_KEY: storeKey.optional(),
  STORE_KEY_PREVIOUS: storeKey.optional(),
  ADMINS: list.default([]),
  ASK_HUMAN: slackPlace.optional(),
  DIGEST_CHANNEL: slackPlace.optional(),
  ANSWER_CHANNELS: list.default([]),
  DEMO_CHANNELS: list.default([]),
  DEMO_PEOPLE: list.default([]),
  DEMO_CONCURRENCY: whole(2),
  DEMO_QUEUE: whole(50, 0),
  DEMO_PER_PERSON: whole(1),
  DEMO_PER_CHANNEL: whole(2),
  DEMO_TIME_LIMIT_SECONDS: whole(60, 5),
  DEMO_DAILY_BUDGET: z.coerce.number().int().min(0).optional(),
  DEMO_GUESTS: z.stringbool().default(false),
  DEMO_WARM_RUNS: whole(2, 0),
  DEMO_ENGINE_WITHOUT_LIMITS: z.enum(['refuse', 'allow']).default('refuse'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** How to reach the engine; null fields mean the client's defaults. */
export interface EngineConfig {
  readonly host: string | null;
  readonly tlsVerify: boolean;
  readonly certPath: string | null;
}

/** Who may run demos, where, and how many. An empty list means everybody, or everywhere. */
export interface DemoLimits {
  readonly people: readonly string[];
  readonly channels: readonly string[];
  /** Runs at once. */
  readonly concurrency: number;
  /** Runs that may wait. */
  readonly queue: number;
  /** Runs of one person, waiting or running. */
  readonly perPerson: number;
  /** Runs in one channel, waiting or running. */
  readonly perChannel: number;
  /** Seconds before a run is ended. */
  readonly timeLimitSeconds: number;
}

/** Every setting, validated. */
export interface Config {
  readonly slack: SlackConfig;
  readonly http: { readonly host: string; readonly port: number };
  /** Where `/metrics` is; null for beside the health addresses, where Slack does not use their port. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly engine: EngineConfig;
  /** Whether demos run on an engine that takes no notice of some limits. */
  readonly engineWithoutLimits: 'refuse' | 'allow';
  readonly baseImage: string | null;
  readonly knowledgeFolders: readonly string[];
  readonly dataFolder: string;
  /** What tokens of workspaces are encrypted with; null where it is not set. */
  readonly storeKeys: { readonly current: KeyObject | null; readonly previous: KeyObject | null };
  /** Slack channel ids in which the bot answers; empty means all. */
  readonly answerChannels: readonly string[];
  /** Ids of people who are admins in every workspace, whatever it has set. */
  readonly admins: readonly string[];
  /** The channel or person that gets questions that need a human; null for none. */
  readonly askHuman: string | null;
  /** The channel that gets the weekly report of gaps; null for none. */
  readonly digestChannel: string | null;
  /** Demos a day; null for no limit. */
  readonly dailyDemoBudget: number | null;
  /** Whether guests and people of connected workspaces may run demos. */
  readonly guestsMayRunDemos: boolean;
  readonly demoLimits: DemoLimits;
  /** How many demos the bot begins ahead, so that they answer sooner. */
  readonly warmRuns: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Thrown where the environment does not make a configuration; lists every problem. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
  readonly code = 'config-invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings are not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads the settings from the environment. Empty variables count as unset.
 * @throws ConfigInvalid with every problem at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    throw new ConfigInvalid(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const values = parsed.data;
  const slack = slackConfig(values);
  if ('problems' in slack) throw new ConfigInvalid(slack.problems);
  return {
    slack,
    http: { host: values.HOST, port: values.PORT },
    metrics: values.METRICS_PORT === undefined ? null : { host: values.METRICS_HOST, port: values.METRICS_PORT },
    engine: {
      host: values.DOCKER_HOST ?? null,
      tlsVerify: values.DOCKER_TLS_VERIFY !== undefined && values.DOCKER_TLS_VERIFY !== '0',
      certPath: values.DOCKER_CERT_PATH ?? null,
    },
    engineWithoutLimits: values.DEMO_ENGINE_WITHOUT_LIMITS,
    baseImage: values.BASE_IMAGE ?? null,
    knowledgeFolders: values.KNOWLEDGE_DIRS,
    dataFolder: values.DATA_DIR,
    storeKeys: storeKeys(values),
    answerChannels: values.ANSWER_CHANNELS,
    admins: values.ADMINS,
    askHuman: values.ASK_HUMAN ?? null,
    digestChannel: values.DIGEST_CHANNEL ?? null,
    dailyDemoBudget: values.DEMO_DAILY_BUDGET ?? null,
    guestsMayRunDemos: values.DEMO_GUESTS,
    warmRuns: values.DEMO_WARM_RUNS,
    demoLimits: {
      people: values.DEMO_PEOPLE,
      channels: values.DEMO_CHANNELS,
      concurrency: values.DEMO_CONCURRENCY,
      queue: values.DEMO_QUEUE,
      perPerson: values.DEMO_PER_PERSON,
      perChannel: values.DEMO_PER_CHANNEL,
      timeLimitSeconds: values.DEMO_TIME_LIMIT_SECONDS,
    },
    logLevel: values.LOG_LEVEL,
  };
}

function storeKeys(values: z.output<typeof environmentSchema>): Config['storeKeys'] {
  const { STORE_KEY: current = null, STORE_KEY_PREVIOUS: previous = null } = values;
  if (previous === null || current !== null) return { current, previous };
  throw new ConfigInvalid(['STORE_KEY: is missing; STORE_KEY_PREVIOUS is only for the time after STORE_KEY changed']);
}
