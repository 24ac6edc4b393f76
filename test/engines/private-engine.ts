import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import { onTestFinished } from 'vitest';
import { unmountBelow } from './unmount-below.ts';

/** An engine that a test may kill: a second dockerd with folders and a socket of its own. */
export interface PrivateEngine {
  readonly socket: string;
  /** The process whose network namespace the engine listens in, besides its socket. */
  processId(): number;
  /** Ends it with the signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same folders. */
  start(): Promise<void>;
}

/**
 * Starts a second engine for one test. It needs root and an installed dockerd, as `npm run engine` sees to.
 * @param words further words for dockerd's command line
 */
export async function startPrivateEngine(words: readonly string[] = []): Promise<PrivateEngine> {
  // A short path: a socket's path may have no more than 107 characters.
  const folder = await mkdtemp('/tmp/dpe-');
  const socket = join(folder, 'd.sock');
  let daemon: ChildProcess | null = null;

  async function start(): Promise<void> {
    // A killed dockerd leaves the process id of its containerd; while nobody has reaped that process, the next dockerd
    // takes it for running and waits for it.
    await rm(join(folder, 'exec', 'containerd', 'containerd.pid'), { force: true });
    const log = openSync(join(folder, 'log'), 'a');
    const common = [
      '--host',
      `unix://${socket}`,
      '--data-root',
      join(folder, 'data'),
      '--exec-root',
      join(folder, 'exec'),
      '--pidfile',
      join(folder, 'pid'),
      '--bridge',
      'none',
      '--iptables=false',
      '--ip6tables=false',
    ];
    // In a network namespace of its own: with --bridge none an engine removes the bridge of the one beside it. There the
    // loopback is down at first.
    const script = 'busybox ip link set lo up; exec dockerd "$@"';
    daemon = spawn('unshare', ['--net', 'sh', '-c', script, 'dockerd', ...common, ...words], {
      stdio: ['ignore', log, log],
    });
    const docker = new Docker({ socketPath: socket });
    for (let tries = 0; tries < 300; tries++) {
      const answers =
        existsSync(socket) &&
        (await docker.ping().then(
          () => true,
          () => false,
        ));
      if (answers) return;
      await sleep(100);
    }
    throw new Error(`The private engine did not start; see ${folder}/log`);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (daemon === null || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = once(daemon, 'exit');
    daemon.kill(signal);
    await gone;
  }

  await start();
  onTestFinished(async () => {
    await end('SIGTERM');
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  return {
    socket,
    processId() {
      if (daemon?.pid === undefined) throw new Error('The private engine does not run');
      return daemon.pid;
    },
    end,
    start,
  };
}
