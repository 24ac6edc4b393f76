// Sees to Debian's registry of images, which the tests ask: `npm run registry`. It is unpacked beside the packages, and not
// installed, since an installed one would listen on this machine. Exits 0 where it is there, 3 where it cannot be had.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './engine/install.mjs';

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
const unpacked = `${modules}.docker-registry`;
const program = `${unpacked}/usr/bin/docker-registry`;
const tools = ['apt-get', 'dpkg'];

/**
 * @param {string} program
 * @param {readonly string[]} words
 * @param {string} folder
 */
function run(program, words, folder) {
  const { status, stdout, stderr } = spawnSync(program, [...words], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} failed:\n${`${stdout}${stderr}`.slice(-2000)}`);
}

/** @throws {Error} with what the reader can do */
function seeToRegistry() {
  if (isInstalled('docker-registry') || existsSync(program)) return;
  if (!tools.every(isInstalled))
    throw new Error('The tests ask a registry of images. Put the program docker-registry (distribution) on the PATH');
  mkdirSync(modules, { recursive: true });
  const folder = mkdtempSync(`${modules}.docker-registry-`);
  try {
    const download = () => run('apt-get', ['--quiet', 'download', 'docker-registry'], folder);
    try {
      download();
    } catch {
      run('apt-get', ['--quiet', '--option', 'DPkg::Lock::Timeout=120', 'update'], folder);
      download();
    }
    const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    run('dpkg', ['--extract', archive, 'content'], folder);
    // Somebody else may have fetched it meanwhile, and use it.
    if (existsSync(program)) return;
    rmSync(unpacked, { recursive: true, force: true });
    renameSync(`${folder}/content`, unpacked);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  seeToRegistry();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 3;
}
