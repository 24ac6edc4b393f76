import { settingsOf } from '../../src/settings/rows.ts';
import type { Setting } from '../../src/settings/setting.ts';
import { settings } from '../../src/settings/settings.ts';

/** Where the page of settings is, from the project's folder. */
export const settingsFile = 'docs/settings.md';

const lead = `# Settings

Read from the environment and from a file \`.env\`; an empty variable counts as not set. \`./dockproof doctor\` says what is
configured. Admins change those marked *in Slack* under **Settings** in the app's *Home* tab, for their workspace and at
once ([who is an admin](slack.md#who-may-do-what)); the variable says what is in force where they have not.

<!-- Made of src/settings/settings.ts by: npm run settings-page -->
`;

/** Makes the page of settings: a row of each. @returns Markdown */
export function renderSettings(): string {
  const head = ['setting', 'meaning', 'where it is not set', 'in Slack'];
  const rows = [head, head.map(() => '---'), ...settingsOf(settings).map(rowOf)];
  return `${lead}\n${rows.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}`;
}

function rowOf(setting: Setting): string[] {
  const { environment, means, schema, otherwise = `\`${String(schema.parse(undefined))}\`` } = setting;
  return [`\`${environment}\``, means, otherwise, 'kept' in setting ? 'yes' : ''];
}
