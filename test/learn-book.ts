import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectFolder } from '../src/assemble.ts';

/** Learns the shipped book once for all tests, alone and beside the example of a team's own, where that is not done yet. */
export default async function learnBooks(): Promise<void> {
  await Promise.all(['', 'docs/team-knowledge'].map(learn));
}

async function learn(furtherFolders: string): Promise<void> {
  const environment = { ...process.env, KNOWLEDGE_DIRS: furtherFolders };
  const learning = spawn(`${projectFolder}dockproof`, ['learn'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(learning, 'close');
  if (code !== 0) throw new Error(`The book could not be learned: ./dockproof learn ended with ${code}`);
}
