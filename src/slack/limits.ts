/** Slack's limits for what a message may hold (https://docs.slack.dev/reference/block-kit/blocks), in characters or items. */
export const slackLimits = {
  blocksPerMessage: 50,
  headerText: 150,
  buttonText: 75,
  buttonValue: 2000,
  actionsPerBlock: 25,
  contextText: 2000,
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  /** Undocumented: messages whose blocks are larger than about 13,200 characters of JSON are refused. */
  blocksJson: 12_000,
  fallbackText: 4000,
} as const;
