/**
 * The ids of buttons and menus, in one place: a message can be pressed long after it was posted, so they never change
 * meaning. One that can stand several times in a block gets a number after it, `run_demo_2`.
 */
export const actionIds = {
  runDemo: 'run_demo',
  showEntry: 'show_entry',
  chooseEntry: 'choose_entry',
  stopRun: 'stop_run',
  runAgain: 'run_again',
  showCommands: 'run_commands',
  showScript: 'run_script',
  showReceipt: 'run_receipt',
  runSteps: 'run_step_by_step',
  nextStep: 'next_step',
  predict: 'predict_first',
  guess: 'predict_option',
  closePoll: 'predict_run',
  settings: 'open_settings',
  resetSettings: 'reset_settings',
  share: 'share_answer',
  helpful: 'vote_helpful',
  notHelpful: 'vote_not_helpful',
  askHuman: 'ask_human',
  takeHelp: 'help_take',
  giveBackHelp: 'help_give_back',
  answerHelp: 'help_answer',
  showMore: 'show_more',
  showLess: 'show_less',
  pick: 'pick_action',
  dismissGap: 'dismiss_gap',
  chooseChapter: 'list_chapter',
  searchBook: 'search_book',
  askPrompt: 'ask_prompt',
} as const;

/** The ids of modals that are sent back; they never change meaning either. */
export const viewIds = {
  voteReason: 'vote_reason',
  settings: 'team_settings',
  helpAnswer: 'help_answer',
} as const;

/** What a button or menu asks for. Each has a handler, or the program does not compile. */
export type ActionId = (typeof actionIds)[keyof typeof actionIds];

/** What a modal that is sent back was for. Each has a handler too. */
export type ViewId = (typeof viewIds)[keyof typeof viewIds];

/** The id that a button or menu bears. */
export type ButtonId = ActionId | `${ActionId}_${number}`;

/** The id of the button at a place among others of its kind. */
export function numbered(id: ActionId, index: number): ButtonId {
  return index === 0 ? id : `${id}_${index}`;
}

/** What a line of a menu, or a half of a pair of buttons, stands for: another button, with its value. */
export interface Pick {
  readonly action: ActionId;
  readonly value: string;
}

/** Writes a pick, for `actionIds.pick`. */
export function writePick(action: ActionId, value: string): string {
  return `${action} ${value}`;
}

/** Reads a pick. @returns null for one that names no button */
export function readPick(text: string): Pick | null {
  const [id = '', ...rest] = text.split(' ');
  const action = Object.values(actionIds).find((known) => known === id);
  return action === undefined || action === actionIds.pick ? null : { action, value: rest.join(' ') };
}

/** The id without the number. */
export function actionOf(id: string): string {
  return id.replace(/_\d+$/, '');
}
