import { readRows, type Values } from './settings/rows.ts';
import { settings } from './settings/settings.ts';
import { type SlackConfig, slackConfig } from './slack-config.ts';

type Everything = Values<typeof settings>;

/**
 * Every setting, validated: the groups of `settings`, in which those are put together of which only some combinations
 * make sense.
 */
export interface Config extends Omit<Everything, 'slack' | 'metrics'> {
  readonly slack: SlackConfig;
  /** Where `/metrics` is; null for beside the health addresses, where Slack does not use their port. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
}

/** How to reach the engine; null fields mean the client's defaults. */
export type EngineConfig = Config['engine'];

/** How many demos run at once and wait, in all, of one person and in one channel, and how long one may take. */
export type DemoLimits = Config['demoLimits'];

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
  const problems: string[] = [];
  const values = readRows(settings, ({ environment: name, schema }) => {
    const parsed = schema.safeParse(environment[name] || undefined);
    if (!parsed.success) problems.push(...parsed.error.issues.map(({ message }) => `${name}: ${message}`));
    return parsed.data;
  });
  if (problems.length > 0) throw new ConfigInvalid(problems);
  const { current, previous } = values.storeKeys;
  if (previous !== null && current === null)
    throw new ConfigInvalid(['STORE_KEY: is missing; STORE_KEY_PREVIOUS is only for the time after STORE_KEY changed']);
  const slack = slackConfig(values.slack, current !== null);
  if ('problems' in slack) throw new ConfigInvalid(slack.problems);
  const { port, host } = values.metrics;
  return { ...values, slack, metrics: port === null ? null : { host, port } };
}
