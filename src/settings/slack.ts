import { z } from 'zod';
import { perhaps, type Setting } from './setting.ts';

const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

const stateSecret = z.string().min(16, 'must have 16 characters or more; make one with: openssl rand -base64 32');

/** How to reach Slack: one workspace by its token, or many by OAuth. */
export const slack = {
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
} as const satisfies Readonly<Record<string, Setting>>;
