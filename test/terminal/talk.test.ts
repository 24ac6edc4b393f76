import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { assemble } from '../../src/assemble.ts';
import { readConfig } from '../../src/config.ts';
import { talk } from '../../src/terminal/talk-command.ts';
import { createStyle } from '../../src/terminal/terminal.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { sharedModels } from '../matching/shared-models.ts';

/** Types lines as somebody does who waits for each prompt, and then ends the input. @returns what was printed */
async function typing(
  ...lines: string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const environment = { ...process.env, DATA_DIR: await temporaryFolder() };
  const { assistant } = await assemble(readConfig(environment), environment, { models: sharedModels });
  onTestFinished(() => assistant.close());
  const [input, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let told = '';
  err.on('data', (chunk: Buffer) => {
    told += String(chunk);
    if (!String(chunk).includes('> ')) return;
    const line = lines.shift();
    if (line === undefined) input.end();
    else input.write(`${line}\n`);
  });
  const terminal = {
    in: Object.assign(input, { isTTY: true }),
    out,
    err,
    interactive: true,
    style: createStyle(false),
  };
  const code = await talk(assistant, terminal);
  return { code, out: String(out.read() ?? ''), err: told };
}

test('each line goes on from the answer before', async () => {
  const { code, out } = await typing(
    'what is a volume?',
    'how do I back it up?',
    'tell me more',
    'topics',
    'list demos',
  );
  expect(code).toBe(0);
  expect(out).toMatch(/back up and restore a volume/);
  expect(out).toMatch(/\d+ answers/);
  expect(out).toContain('data-loss-on-replace');
});

test('"run it" runs the demo of the answer', async () => {
  const { out } = await typing('what happens to my data when a container is replaced?', 'show me');
  expect(out).toMatch(/held/i);
});

test('what cannot be done is said, and the talk goes on', async () => {
  const { out, err } = await typing('more', 'stop', `why ${'why '.repeat(2000)}`, 'what is an image?', 'share');
  expect(err).toMatch(/Nothing runs/);
  expect(err).toMatch(/Nobody else is here/);
  expect(err).toMatch(/more than 4000/);
  expect(out).toMatch(/no answer here yet/);
  expect(out).toMatch(/image/);
});
