/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word of Docker's that other fields use too, where it has but a word that is often said beside
 * Docker, such as "database", and where it has none. Changing one changes the figures of `npm run evaluate`, which a test
 * holds.
 */
export const answerFrom = { docker: 0.43, perhapsDocker: 0.64, besideDocker: 0.75, anything: 0.85 } as const;

/** From which probability of being in the book choices are offered, likewise, and where a signpost is ahead of all entries. */
export const choicesFrom = {
  docker: 0.06,
  perhapsDocker: 0.12,
  besideDocker: 0.45,
  anything: 0.45,
  behindSignpost: 0.35,
} as const;
