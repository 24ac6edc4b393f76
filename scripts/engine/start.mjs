import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { systemSocket, waitForSocket } from './socket.mjs';

/** Seconds until an engine that was started must answer. */
const patience = 60;

/**
 * Starts the installed engine: through systemd where it runs the machine, else as a process of its own that outlives
 * this one and writes to a file.
 * @returns {Promise<string>} the socket at which it answers
 * @throws {Error} with the engine's last words if it does not
 */
export async function startEngine() {
  if (process.getuid?.() !== 0) {
    throw new Error('A Docker engine is installed but does not run. Start it as root: sudo systemctl start docker');
  }
  if (existsSync('/run/systemd/system')) {
    spawnSync('systemctl', ['start', 'docker']);
    if (await waitForSocket(systemSocket, patience)) return systemSocket;
    throw new Error('systemd could not start the Docker engine. See: journalctl --unit docker');
  }
  const log = `${existsSync('/var/log') ? '/var/log' : tmpdir()}/dockerd.log`;
  mkdirSync('/var/run', { recursive: true });
  forgetDead('/var/run/docker.pid', 'dockerd');
  forgetDead('/var/run/docker/containerd/containerd.pid', 'containerd');
  const output = openSync(log, 'a');
  const daemon = spawn('dockerd', [], {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
  daemon.on('error', () => undefined);
  daemon.unref();
  if (await waitForSocket(systemSocket, patience)) return systemSocket;
  const last = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
  throw new Error(
    `The Docker engine did not start. It needs root with all privileges; an unprivileged container has not. Its last words (${log}):\n${last}`,
  );
}

/**
 * A killed engine leaves files with process ids. Where such a process is dead but not reaped, or another one has its id
 * now, the next engine refuses to start, or waits for it in vain.
 * @param {string} file
 * @param {string} program
 */
function forgetDead(file, program) {
  if (!existsSync(file)) return;
  const status = `/proc/${readFileSync(file, 'utf8').trim()}/status`;
  const words = existsSync(status) ? readFileSync(status, 'utf8') : '';
  if (!words.startsWith(`Name:\t${program}\n`) || /^State:\s+Z/m.test(words)) rmSync(file);
}
