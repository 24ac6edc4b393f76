/** One thing looked at: good, worth a warning, or missing, with the words for it. */
export interface Finding {
  readonly state: 'good' | 'warning' | 'missing';
  readonly name: string;
  readonly text: string;
  /** The command that mends it, where something is to be mended. */
  readonly remedy?: string;
}
