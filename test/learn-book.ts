import { execFileSync } from 'node:child_process';
import { projectFolder } from '../src/assemble.ts';

/** Learns the shipped book once for all tests, where set-up has not done so. */
export default function learnBook(): void {
  execFileSync(`${projectFolder}dockproof`, ['learn'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
