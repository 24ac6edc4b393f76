import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where an engine's socket is by default. */
export const systemSocket = '/var/run/docker.sock';

/**
 * The sockets at which an engine of this machine may answer: the system's, a rootless engine's, Docker Desktop's.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {string[]}
 */
export function socketCandidates(environment) {
  const runtime = environment.XDG_RUNTIME_DIR;
  return [
    systemSocket,
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    join(homedir(), '.docker', 'run', 'docker.sock'),
  ];
}

/**
 * Asks each socket in turn whether an engine answers there.
 * @param {readonly string[]} sockets
 * @returns {Promise<string | null>} the first that does
 */
export async function findAnsweringSocket(sockets) {
  for (const socket of sockets) {
    if (await answers(socket)) return socket;
  }
  return null;
}

/**
 * Waits until an engine answers at a socket.
 * @param {string} socket
 * @param {number} seconds how long at most
 * @returns {Promise<boolean>} false if it never did
 */
export async function waitForSocket(socket, seconds) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) {
    if (await answers(socket)) return true;
  }
  return false;
}

/**
 * @param {string} socketPath
 * @returns {Promise<boolean>}
 */
function answers(socketPath) {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.end();
  });
}
