/** Thrown where Slack cannot be reached or does not take the tokens; says which, and what to do about it. */
export class SlackRefused extends Error {
  override readonly name = 'SlackRefused';
  readonly code = 'slack-refused';
}
