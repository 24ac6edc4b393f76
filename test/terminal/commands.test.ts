import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { rootlessDocker, serveRecorded } from '../engines/recorded-engine.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { runProgram } from './run-program.ts';

const question = 'why is my database empty after I redeployed?';

describe('ask', () => {
  test('prints the answer first, then sources and the command for the demo', async () => {
    const { code, out, err } = await runProgram(['ask', question]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^What happens to my data when a container is replaced\?\n\nIt is gone/);
    expect(out).toContain('https://docs.docker.com/engine/storage/');
    expect(out).toContain('./dockproof demo data-loss-on-replace');
  });

  test('prints what stands alone, and all of it with --more', async () => {
    const { out } = await runProgram(['ask', question]);
    expect(out).not.toContain('If it has already happened');
    const [, title = ''] = /Read on: \.\/dockproof ask "([^"]+)" --more/.exec(out) ?? [];
    const whole = await runProgram(['ask', title, '--more']);
    expect(whole.out).toContain('If it has already happened');
    expect(whole.out).not.toContain('--more');
  });

  test('with --demo runs the proof on the engine after the answer', async () => {
    const { code, out } = await runProgram(['ask', question, '--demo']);
    expect(code).toBe(0);
    expect(out.indexOf('It is gone')).toBeLessThan(out.indexOf('docker run'));
    expect(out).toMatch(/Every claim held[\s\S]*predicted[\s\S]*left over +0/);
  });

  test('with --json prints one object with the fields of the contract', async () => {
    const { out } = await runProgram(['ask', question, '--json']);
    expect(JSON.parse(out)).toEqual({
      question,
      outcome: 'answer',
      entry: 'data-loss-on-replace',
      topic: 'data-loss-on-replace',
      confidence: expect.any(Number),
      choices: [],
      demo: 'data-loss-on-replace',
      signpost: null,
      short: expect.stringMatching(/^It is gone, unless [^#]*\| gone \|$/),
    });
  });

  test('asks each line of a file and prints one JSON line each, in order', async () => {
    const file = join(await temporaryFolder(), 'questions.txt');
    await writeFile(file, `${question}\n\nwhat's the weather like?\n${'x'.repeat(10_000)}\n`);
    const { code, out } = await runProgram(['ask', '--file', file, '--json']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines.map((line) => line.outcome)).toEqual(['answer', 'unknown', 'unknown']);
    expect(lines.map((line) => line.short)).toEqual([expect.stringMatching(/^It is gone/), null, null]);
    expect(lines[2].error).toContain('more than 4000');
  });

  test('with --explain says why', async () => {
    const { out } = await runProgram(['ask', question, '--explain']);
    expect(out).toMatch(/Why\n[\s\S]*confidence/);
  });

  test('of something that is not Docker says that it does not know, and exits 1', async () => {
    const { code, out } = await runProgram(['ask', "what's the weather like today?"]);
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringMatching(/don't know/) });
  });
});

describe('wrong usage gets one line and exit code 2', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown command', ['dance'], /There is no command "dance"/],
    ['an unknown option', ['ask', 'x', '--loud'], /Unknown option '--loud'/],
    ['an option of another command', ['check', '--json'], /"check" does not take --json/],
    ['two entries to check', ['check', 'keep-data', 'ports'], /"check" takes one entry, or one of/],
    ['an entry that is not there', ['check', 'no-such-entry'], /There is no entry "no-such-entry"/],
    ['no question', ['ask'], /"ask" needs a question/],
    ['an empty question', ['ask', '  '], /The question is empty/],
    ['a question of 10,000 characters', ['ask', 'why '.repeat(2500)], /more than 4000/],
    ['an unknown demo', ['demo', 'nonsense'], /There is no demo "nonsense". The demos are: .*data-loss-on-replace/],
    ['a file that is not there', ['ask', '--file', '/nowhere', '--json'], /\/nowhere/],
  ])('%s', async (_, words, expected) => {
    const { code, out, err } = await runProgram(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(expected);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('settings that make no sense are told all at once', async () => {
    const { code, err } = await runProgram(['doctor'], {
      DEMO_CONCURRENCY: 'many',
      LOG_LEVEL: 'shout',
      SLACK_BOT_TOKEN: 'oops',
    });
    expect(code).toBe(2);
    for (const name of ['DEMO_CONCURRENCY', 'LOG_LEVEL', 'SLACK_BOT_TOKEN']) expect(err).toContain(name);
    expect(err).not.toContain('oops');
  });

  test('a knowledge folder that cannot be read is named', async () => {
    const { code, err } = await runProgram(['ask', question], { KNOWLEDGE_DIRS: '/nowhere/at/all' });
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('/nowhere/at/all') });
  });
});

describe('without an engine', () => {
  const settings = { DOCKER_HOST: 'unix:///tmp/no-engine-here.sock' };

  test('ask still answers', async () => {
    expect((await runProgram(['ask', question], settings)).code).toBe(0);
  });

  test.each([[['demo', 'data-loss-on-replace']], [['prove']], [['ask', question, '--demo']]])(
    '%j says what mends it and exits 3',
    async (words) => {
      const { code, err } = await runProgram(words, settings);
      expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('npm run engine') });
    },
  );

  test('doctor names the engine as missing, with the command that mends it', async () => {
    const { code, out } = await runProgram(['doctor'], settings);
    expect({ code, out }).toMatchObject({ code: 3, out: expect.stringMatching(/✗ engine[\s\S]*→ npm run engine/) });
  });

  test('a socket that this user may not open is told as such', async () => {
    const folder = await temporaryFolder();
    const socket = join(folder, 'd.sock');
    const server = createServer().listen(socket);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    await chmod(folder, 0o755);
    await chmod(socket, 0o600);
    // Root may open everything, so somebody else asks.
    const script = `import('${projectFolder}src/sandbox/engine.ts').then((m) => m.describeEngine(m.connectEngine({ host: 'unix://${socket}', tlsVerify: false, certPath: null }, {}))).catch((e) => console.log(e.code, e.message))`;
    const other = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    if (other.uid === undefined) await chmod(socket, 0);
    const { stdout } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: '/tmp' },
      ...other,
    });
    expect(stdout).toMatch(/engine-denied .*may not use[\s\S]*docs\/engine\.md/);
  });
});

describe('demo', () => {
  test('without an id lists every demo with its title', async () => {
    const { out } = await runProgram(['demo']);
    expect(out).toContain('data-loss-on-replace');
    expect(out).toContain('image-layers');
  });

  test.each(['data-loss-on-replace', 'image-layers'])(
    '%s --json prints a report of the contract with every claim held',
    async (id) => {
      const { code, out } = await runProgram(['demo', id, '--json']);
      expect(code).toBe(0);
      const report = JSON.parse(out);
      expect(report).toMatchObject({
        demo: id,
        outcome: 'held',
        receipt: { leftovers: 0 },
        script: expect.stringContaining('docker '),
      });
      for (const step of report.steps)
        expect(step).toEqual({
          title: expect.any(String),
          command: expect.stringContaining('docker'),
          output: expect.any(String),
          ms: expect.any(Number),
          lives: expect.any(Array),
        });
      for (const claim of report.claims)
        expect(claim).toMatchObject({ id: expect.any(String), text: expect.stringMatching(/\.$/), held: true });
    },
  );
});

describe('output', () => {
  test('has no colour where it is not a terminal', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what must not be there
    expect((await runProgram(['ask', question])).out).not.toMatch(/\u001b/);
  });
});

describe('the launcher', () => {
  test('works through a symlink from another directory', async () => {
    const folder = await temporaryFolder();
    await symlink(`${projectFolder}dockproof`, join(folder, 'dp'));
    const { status, stdout } = spawnSync(join(folder, 'dp'), ['help'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('dockproof ask') });
  });

  test('says what to run where the project is not set up', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'src'));
    spawnSync('cp', [`${projectFolder}dockproof`, folder]);
    const { status, stderr } = spawnSync(join(folder, 'dockproof'), ['help'], { encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run up') });
  });
});

describe('on an engine that takes no notice of limits', () => {
  const settings = async (more: Readonly<Record<string, string>> = {}) => ({
    DOCKER_HOST: `unix://${(await serveRecorded(rootlessDocker)).socket}`,
    DATA_DIR: await temporaryFolder(),
    ...more,
  });

  test.each([[['demo', 'data-loss-on-replace']], [['prove']], [['ask', question, '--demo']]])(
    '%j says that demos are refused, why, and how to accept it, and exits 3',
    async (words) => {
      const { code, err } = await runProgram(words, await settings());
      expect(code).toBe(3);
      expect(err).toMatch(/no notice of limits on memory, CPU and processes[\s\S]*DEMO_ENGINE_WITHOUT_LIMITS=allow/);
    },
  );

  test('ask still answers', async () => {
    expect((await runProgram(['ask', question], await settings())).code).toBe(0);
  });

  test('doctor names what is missing and what mends it', async () => {
    const { code, out } = await runProgram(['doctor'], await settings());
    expect({ code, out }).toMatchObject({ code: 3, out: expect.stringMatching(/✗ limits .*cgroup v2/) });
  });

  test('doctor tells what was accepted', async () => {
    const { code, out } = await runProgram(['doctor'], await settings({ DEMO_ENGINE_WITHOUT_LIMITS: 'allow' }));
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/! limits .*run without limits on memory, CPU and processes/),
    });
  });
});
