import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { assemble } from '../../src/assemble.ts';
import { createPolls } from '../../src/assistant/running/create-polls.ts';
import { readConfig } from '../../src/config.ts';
import type { Store } from '../../src/store/store.ts';
import { type DemoOptions, showRun } from '../../src/terminal/demo-command.ts';
import { createStyle } from '../../src/terminal/terminal.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { sharedModels } from '../matching/shared-models.ts';
import { accessStore } from '../store/open-test-store.ts';
import { runProgram } from './run-program.ts';

const demo = 'stop-is-not-remove';

/** Runs the demo as at a terminal where somebody types. */
async function runAt(
  typed: string,
  open: () => Promise<Store>,
  options: Partial<DemoOptions> = {},
  interactive = true,
) {
  const environment = { ...process.env, DATA_DIR: await temporaryFolder() };
  const program = await assemble(readConfig(environment), environment, { models: sharedModels });
  const assistant = { ...program.assistant, polls: createPolls(open) };
  const [input, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const terminal = {
    ...{ in: Object.assign(input, { isTTY: interactive }), out, err, interactive },
    style: createStyle(false),
  };
  input.write(typed);
  const code = await showRun(assistant, terminal, demo, {
    json: false,
    stepByStep: false,
    predict: true,
    figure: null,
    ...options,
  });
  const question = assistant.demos().find(({ id }) => id === demo)?.question;
  await assistant.close();
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? ''), question };
}

const store = async () => accessStore(await temporaryFolder()).open();

test('the question is asked before a demo, the outcome says whether the guess was right, and guesses add up', async () => {
  const kept = await store();
  const predictions = () => Promise.resolve(kept);
  const { code, out, err, question } = await runAt('9\n1\n', predictions);
  expect(code).toBe(0);
  expect(err).toContain(question?.text);
  expect(err).toMatch(/Write a number from 1 to \d/);
  expect(out).toMatch(question?.right === 0 ? /You were right\. 1 of 1/ : /Not this time\. .* 0 of 1/);
  await runAt(`${(question?.right ?? 0) + 1}\n`, predictions);
  expect((await kept.predictions.totals('terminal', demo)).people).toBe(2);
});

test('Enter skips it', async () => {
  const kept = await store();
  const { code, out } = await runAt('\n', () => Promise.resolve(kept));
  expect(code).toBe(0);
  expect(out).not.toMatch(/You were right|Not this time/);
  expect(await kept.predictions.totals('terminal', demo)).toEqual({ people: 0, right: 0 });
});

test.each([
  ['where nobody asks for it', { predict: false }, true],
  ['for JSON', { json: true }, true],
  ['where nobody sits at the terminal', {}, false],
] satisfies [string, Partial<DemoOptions>, boolean][])('it is not asked %s', async (_, options, interactive) => {
  const notOpened = () => {
    throw new Error('not opened');
  };
  const { code, err } = await runAt('', notOpened, options, interactive);
  expect(code).toBe(0);
  expect(err).not.toContain('Your guess');
});

test('a store that cannot be opened costs the totals only', async () => {
  const file = join(await temporaryFolder(), 'a-file');
  await writeFile(file, '');
  const predictions = () => accessStore(file).open();
  const { code, out } = await runAt('1\n', predictions);
  expect(code).toBe(0);
  expect(out).toMatch(/(You were right|Not this time)/);
  expect(out).not.toContain('guesses at this demo');
});

test('--no-predict is known, and only to demo', async () => {
  expect((await runProgram(['demo', demo, '--no-predict'], { DATA_DIR: await temporaryFolder() })).code).toBe(0);
  expect((await runProgram(['ask', 'x', '--no-predict'])).code).toBe(2);
});
