/** Slack's limits for what a message may hold (https://docs.slack.dev/reference/block-kit/blocks), in characters or items. */
export const slackLimits = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  headerText: 150,
  sectionText: 3000,
  viewTitle: 24,
  blockId: 255,
  buttonText: 75,
  buttonValue: 2000,
  optionText: 75,
  optionsPerMenu: 100,
  actionsPerBlock: 25,
  contextText: 2000,
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  listIndent: 8,
  /** Undocumented: messages whose blocks are larger than about 13,200 characters of JSON are refused. */
  blocksJson: 12_000,
  /** Ours: a block of more JSON is divided, so that it leaves room for the others of its message. */
  blockJson: 8000,
  /** Ours: a paragraph or a piece of code that is longer is divided at a sentence's or a line's end. */
  elementText: 3000,
  fallbackText: 4000,
} as const;
