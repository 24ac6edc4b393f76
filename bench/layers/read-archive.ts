// Reads the files of an image of the engine, as a process of its own: the bench measures its time and its memory.

import { Readable } from 'node:stream';
import { readConfig } from '../../src/config.ts';
import { readImageArchive } from '../../src/layers/files/read-image-archive.ts';
import { connectEngine } from '../../src/sandbox/engine.ts';

const { docker } = connectEngine(readConfig(process.env).engine, process.env);
const files = await readImageArchive(Readable.from(await docker.getImage(process.argv[2] ?? '').get()));
if (!files.complete) throw new Error(files.notes.join(' '));
const { stored = 0, hidden = 0 } = files.hidden ?? {};
console.log(JSON.stringify({ maxKilobytes: process.resourceUsage().maxRSS, stored, hidden }));
