import type { TeamSettings } from '../../src/settings/team-settings.ts';

/** What is in force for a team of the tests that has set nothing. */
export const defaultSettings: TeamSettings = {
  admins: ['U0'],
  demoPeople: [],
  demoChannels: [],
  answerChannels: [],
  askHuman: null,
  digestChannel: null,
  dailyDemoBudget: null,
  guestsMayRunDemos: false,
};
