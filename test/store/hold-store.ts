import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { storeFileIn } from '../../src/store/store-access.ts';

/** Another process that writes to a store and does not let go. */
export interface Holder {
  /** Lets go. */
  release(): Promise<void>;
}

/** Holds the store of a data folder as a process does that is in the middle of a write, until it is told to let go. */
export async function holdStore(folder: string): Promise<Holder> {
  const script = `const raw = new (require('node:sqlite').DatabaseSync)(process.argv[1], { timeout: 5000 });
    raw.exec('BEGIN IMMEDIATE');
    require('node:fs').writeSync(1, 'held');
    process.stdin.once('end', () => raw.exec('ROLLBACK')).resume();`;
  const child = spawn(process.execPath, ['-e', script, storeFileIn(folder)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return {
    async release() {
      child.stdin.end();
      await exited;
    },
  };
}
