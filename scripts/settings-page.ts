import { writeFile } from 'node:fs/promises';
import { renderSettings, settingsFile } from './settings/render-settings.ts';

await writeFile(new URL(`../${settingsFile}`, import.meta.url), renderSettings());
