import { WebAPIHTTPError, WebAPIRequestError } from '@slack/web-api';
import { SlackRefused } from '../slack-refused.ts';
import { slackErrorOf } from './post.ts';

const tokenErrors = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]);

/** Answers of something that is not Slack's Web API. */
const strange = /unknown_method|unreadable_answer|http_4\d\d/;

/** Explains why Slack cannot be used. @returns the error itself where it is not of Slack's making */
export function refusal(cause: unknown): unknown {
  const code = slackErrorOf(cause) || (cause instanceof Error ? cause.message : '');
  const known = [...tokenErrors].find((error) => code.includes(error));
  if (cause instanceof WebAPIHTTPError) {
    const message = `Slack answers with status ${cause.statusCode} and nothing else. Start again in a while; if it stays so, check SLACK_API_URL if it is set, and https://slack-status.com`;
    return new SlackRefused(message, { cause });
  }
  if (cause instanceof WebAPIRequestError) {
    const message = `Slack cannot be reached: ${cause.message}. Check this machine's way to the internet, and SLACK_API_URL if it is set`;
    return new SlackRefused(message, { cause });
  }
  const [answer] = strange.exec(code) ?? [];
  if (known === undefined && answer !== undefined) {
    const message = `What answers is not Slack's Web API (${answer}). Check SLACK_API_URL: it is the base to which a method's name is joined, and usually ends in /api/`;
    return new SlackRefused(message, { cause });
  }
  if (known === undefined) return slackErrorOf(cause) === '' ? cause : new SlackRefused(unforeseen(code), { cause });
  const message = `Slack refused the tokens (${known}). Copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN anew from the app's settings; docs/slack.md shows where`;
  return new SlackRefused(message, { cause });
}

function unforeseen(answer: string): string {
  return `Slack refused to begin (${answer}). Install the app anew from manifest.yml; docs/slack.md shows how`;
}
