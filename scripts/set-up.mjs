// All the set-up of a fresh clone: packages, the learned book, an engine, the demo base image. Runs on Node 20 with nothing installed.
// With --require-engine it fails where there is no engine; without, it says what is missing and goes on.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${project}node_modules/.dockproof-set-up`;
const projectNode = `${project}node_modules/.bin/node`;
const requireEngine = process.argv.includes('--require-engine');

/**
 * @param {string} program
 * @param {readonly string[]} words
 * @returns {number} its exit code
 */
function run(program, words) {
  const { status, error } = spawnSync(program, [...words], { cwd: project, stdio: 'inherit' });
  if (error) console.error(error.message);
  return status ?? 1;
}

/**
 * @param {string} message
 * @param {number} code
 * @returns {never}
 */
function give(message, code) {
  console.error(message);
  process.exit(code);
}

function seeToPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${project}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && existsSync(projectNode) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages …');
  if (run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel', 'error']) !== 0)
    give('npm ci failed; its words stand above.', 1);
  // Where install scripts are held back, the package that brings Node 24 has not fetched it yet.
  if (!existsSync(projectNode)) run('npm', ['rebuild', 'node', '--loglevel', 'error']);
  const { stdout } = spawnSync(projectNode, ['--version'], { encoding: 'utf8' });
  if (!/^v(2[4-9]|[3-9]\d)\./.test(stdout ?? '')) {
    give('Node 24 did not come with the packages. Run: npm install-scripts approve node && npm rebuild node', 1);
  }
  writeFileSync(stamp, wanted);
}

function seeToBook() {
  if (run(`${project}dockproof`, ['learn']) !== 0)
    console.error('The first answer has to wait until the book is learned.');
}

function seeToEngine() {
  if (run('npm', ['run', '--silent', 'engine']) === 0 && run('npm', ['run', '--silent', 'base-image']) === 0) return;
  if (requireEngine) give('The tests need a Docker engine. What is missing stands above.', 3);
  console.error('Demos need a Docker engine: mend it with npm run engine. Answers work without.');
}

if (Number(process.versions.node.split('.')[0]) < 20)
  give(`Node ${process.versions.node} is too old. Install Node 20 or later.`, 2);
seeToPackages();
seeToBook();
seeToEngine();
if (requireEngine && run('npm', ['run', '--silent', 'registry']) !== 0)
  give('The tests need a registry of images. What is missing stands above.', 3);
