/** Seconds that a run may wait for leave in all. After that it goes on by itself. */
export const longestPause = 120;

/** The longest reason for a vote that is kept, in characters. */
export const longestReason = 1000;

/** The longest answer of a person that is kept, in characters. */
export const longestHelp = 3000;
