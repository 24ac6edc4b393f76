import { createSecretKey } from 'node:crypto';
import { z } from 'zod';
import type { Rows } from './rows.ts';
import { listed, oneOf, perhaps, portNumber, whole } from './setting.ts';
import { slack } from './slack.ts';
import { team } from './team.ts';

/** A key for AES-256. As a key object it cannot be printed or logged by accident. */
const storeKey = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64; make one with: openssl rand -base64 32')
  .transform((text) => createSecretKey(text, 'base64'));

const digest = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$/, 'must name an image by digest, such as busybox@sha256:…');

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

/**
 * Every setting: one row each. A group of rows is a group of `Config`, and a row's key its name there; what validates
 * it, its default, its field in the window of settings and its row in `docs/settings.md` come from here. Those of Slack
 * and those that a team may change are in files of their own.
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
    schema: oneOf(['refuse', 'allow']).default('refuse'),
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
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    means: '`trace`, `debug`, `info`, `warn`, `error` or `silent`',
  },
} as const satisfies Rows;
