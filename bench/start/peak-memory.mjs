import { writeFileSync } from 'node:fs';

// Loaded before a program (node --import), it writes down the most memory that the program held, in KiB.
const file = process.env.PEAK_MEMORY_FILE;
if (file !== undefined) process.once('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
