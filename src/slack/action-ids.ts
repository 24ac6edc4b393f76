/** The ids of buttons, in one place: a message can be pressed long after it was posted, so they never change meaning. */
export const actionIds = {
  runDemo: 'run_demo',
  showEntry: 'show_entry',
  stopRun: 'stop_run',
  share: 'share_answer',
} as const;
