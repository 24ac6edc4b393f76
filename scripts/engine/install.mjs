import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** @returns {boolean} whether packages can be installed here with apt-get */
export function isDebianRoot() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && isInstalled('apt-get');
}

/**
 * @param {string} program
 * @returns {boolean} whether the program is on the PATH, or where system programs stand
 */
export function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders.some((folder) => existsSync(`${folder}/${program}`));
}

/** Installs Debian's Docker engine with what it needs. @throws {Error} if apt-get fails */
export function installEngine() {
  install(['docker.io', 'iptables', 'busybox-static', 'ca-certificates', 'openssl']);
  // Newer releases of Debian have the command line client, which the tests use, in a package of its own.
  if (!isInstalled('docker')) install(['docker-cli']);
}

/** Installs a static busybox. @throws {Error} if apt-get fails */
export function installBusybox() {
  install(['busybox-static']);
}

/**
 * @param {readonly string[]} packages
 */
function install(packages) {
  console.log(`Installing ${packages.join(', ')} …`);
  const options = ['--quiet', '--option', 'DPkg::Lock::Timeout=120'];
  aptGet([...options, 'update']);
  aptGet([...options, 'install', '--yes', '--no-install-recommends', ...packages]);
}

/**
 * @param {readonly string[]} words
 */
function aptGet(words) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', [...words], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`apt-get ${words.join(' ')} failed:\n${`${stdout}${stderr}`.slice(-2000)}`);
}
