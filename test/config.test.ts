import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigInvalid, readConfig } from '../src/config.ts';

const key = () => randomBytes(32).toString('base64');

describe('the key of the store', () => {
  test('is not needed', () => {
    expect(readConfig({}).storeKeys).toEqual({ current: null, previous: null });
  });

  test('is 32 bytes, beside the one before it', () => {
    const [current, previous] = [key(), key()];
    const { storeKeys } = readConfig({ STORE_KEY: current, STORE_KEY_PREVIOUS: ` ${previous}\n` });
    expect(storeKeys.current?.export().toString('base64')).toBe(current);
    expect(storeKeys.previous?.export().toString('base64')).toBe(previous);
  });

  test.each([
    ['31 bytes', randomBytes(31).toString('base64')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['hexadecimal', randomBytes(32).toString('hex')],
    ['a sentence', 'correct horse battery staple'],
  ])('of %s is refused with how to make one, and is not shown', (_, STORE_KEY) => {
    const read = () => readConfig({ STORE_KEY });
    expect(read).toThrow(/STORE_KEY: must be 32 bytes in base64; make one with: openssl rand -base64 32/);
    expect(read).not.toThrow(STORE_KEY);
  });

  test('of before is refused alone', () => {
    expect(() => readConfig({ STORE_KEY_PREVIOUS: key() })).toThrow(ConfigInvalid);
    expect(() => readConfig({ STORE_KEY_PREVIOUS: key() })).toThrow(/STORE_KEY: is missing/);
  });

  test('shows neither when settings are printed nor in JSON', () => {
    const STORE_KEY = key();
    const config = readConfig({ STORE_KEY });
    const bytes = Buffer.from(STORE_KEY, 'base64').toString('hex').slice(0, 12);
    for (const shown of [inspect(config, { depth: null }), JSON.stringify(config)]) {
      expect(shown).not.toContain(STORE_KEY);
      expect(shown.replaceAll(/[^0-9a-f]/g, '')).not.toContain(bytes);
    }
  });
});

describe('what is in force in Slack for a workspace that has set nothing', () => {
  test('is nobody, nothing, no limit', () => {
    expect(readConfig({}).team).toEqual({
      demoPeople: [],
      demoChannels: [],
      answerChannels: [],
      admins: [],
      askHuman: null,
      digestChannel: null,
      dailyDemoBudget: null,
      guestsMayRunDemos: false,
    });
  });

  test('is what the environment says', () => {
    const environment = {
      ADMINS: 'U1, U2',
      ASK_HUMAN: 'U3',
      DIGEST_CHANNEL: 'C1',
      DEMO_DAILY_BUDGET: '0',
      DEMO_GUESTS: 'true',
    };
    expect(readConfig(environment).team).toMatchObject({
      admins: ['U1', 'U2'],
      askHuman: 'U3',
      digestChannel: 'C1',
      dailyDemoBudget: 0,
      guestsMayRunDemos: true,
    });
  });

  test('is refused where it makes no sense, all of it at once', () => {
    const environment = {
      ASK_HUMAN: '#help',
      DIGEST_CHANNEL: 'general',
      DEMO_DAILY_BUDGET: '-1',
      DEMO_GUESTS: 'maybe',
    };
    for (const name of Object.keys(environment)) expect(() => readConfig(environment)).toThrow(name);
  });
});

describe('a setting that is a number', () => {
  test.each([
    ['DEMO_QUEUE', 'many', 'must be a whole number from 0'],
    ['DEMO_QUEUE', '-1.5', 'must be a whole number from 0'],
    ['DEMO_TIME_LIMIT_SECONDS', '4', 'must be a whole number from 5'],
    ['PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['METRICS_PORT', '1e300', 'must be a whole number from 0 to 65535'],
    ['DEMO_DAILY_BUDGET', 'ten', 'must be a whole number from 0 to '],
  ])('%s=%s says once what it must be', (name, value, words) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(`The settings are not valid:\n  ${name}: ${words}`);
    expect(read).not.toThrow(/\n.*\n|NaN|Invalid/);
  });
});

test.each([
  ['LOG_LEVEL', 'must be one of: trace, debug, info, warn, error, silent'],
  ['DEMO_ENGINE_WITHOUT_LIMITS', 'must be one of: refuse, allow'],
  ['DEMO_GUESTS', 'must be true or false'],
])('%s=maybe is answered with the words that it may be', (name, words) => {
  expect(() => readConfig({ [name]: 'maybe' })).toThrow(new ConfigInvalid([`${name}: ${words}`]));
});

describe('Slack for many workspaces', () => {
  const complete = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'secret',
    SLACK_STATE_SECRET: 'sixteen letters or more',
    SLACK_SIGNING_SECRET: 'secret',
    STORE_KEY: key(),
    PUBLIC_URL: 'https://dockproof.example.com/',
  };

  test('needs its secrets and the key of the store', () => {
    expect(readConfig(complete).slack).toMatchObject({ mode: 'oauth', publicUrl: 'https://dockproof.example.com' });
  });

  test.each(['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'SLACK_SIGNING_SECRET', 'STORE_KEY'])(
    'without %s names it',
    (name) => {
      expect(() => readConfig({ ...complete, [name]: '' })).toThrow(`${name}: is missing`);
    },
  );

  test('beside the token of one workspace is refused', () => {
    expect(() => readConfig({ ...complete, SLACK_BOT_TOKEN: 'xoxb-1' })).toThrow(
      /SLACK_BOT_TOKEN: is for one workspace/,
    );
  });

  test('with a short state secret says how to make one', () => {
    expect(() => readConfig({ ...complete, SLACK_STATE_SECRET: 'short' })).toThrow(
      /SLACK_STATE_SECRET: .*openssl rand/,
    );
  });
});

describe('an engine that takes no notice of limits', () => {
  test('gets no demos unless that is set', () => {
    expect(readConfig({}).engineWithoutLimits).toBe('refuse');
    expect(readConfig({ DEMO_ENGINE_WITHOUT_LIMITS: 'allow' }).engineWithoutLimits).toBe('allow');
  });

  test('is not accepted by a word that could mean anything', () => {
    expect(() => readConfig({ DEMO_ENGINE_WITHOUT_LIMITS: 'yes' })).toThrow(
      /DEMO_ENGINE_WITHOUT_LIMITS: .*refuse.*allow/,
    );
  });
});
