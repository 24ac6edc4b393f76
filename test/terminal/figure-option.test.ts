import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { runProgram } from './run-program.ts';

describe('--figure', () => {
  test('of ask writes the picture of the idea, and tells what it shows', async () => {
    const file = join(await temporaryFolder(), 'idea.png');
    const { code, err } = await runProgram(['ask', 'why is my database empty after I redeployed?', '--figure', file]);
    expect(code).toBe(0);
    expect(err).toContain(`The picture is in ${file}. It shows: Above, without a volume: the old container holds`);
    expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
  });

  test('of ask says where an answer has no picture', async () => {
    const file = join(await temporaryFolder(), 'idea.svg');
    const { code, err } = await runProgram(['ask', 'how do I rename a container?', '--figure', file]);
    expect({ code, err }).toEqual({ code: 0, err: 'This answer has no picture.\n' });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  test('of demo writes the life lines of that run', async () => {
    const file = join(await temporaryFolder(), 'run.svg');
    const { code, err } = await runProgram(['demo', 'data-loss-on-replace', '--json', '--figure', file]);
    expect(code).toBe(0);
    expect(err).toContain(
      'container demo-a: made in step 1, written to in step 1, read in step 2, removed in step 3. ' +
        'container demo-b: made in step 3, looked into in vain in step 3, there to the end. ' +
        'volume demo-orders: made in step 4, written to by demo-c in step 4, read by demo-d in step 5, there to the end.',
    );
    expect(await readFile(file, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  test('of layers draws the stack of an image', async () => {
    const file = join(await temporaryFolder(), 'stack.png');
    const { code, err } = await runProgram(['layers', 'dockproof/base:1', '--figure', file]);
    expect(code).toBe(0);
    expect(err).toMatch(/dockproof\/base:1 has 3 layers, .* unpacked, the lowest first\. 1: COPY busybox/);
    expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
  });

  test.each([
    ['ask', 'what is an image?'],
    ['layers', 'dockproof/base:1'],
    ['demo', 'data-loss-on-replace'],
  ])('of %s refuses a file of another kind before anything runs', async (command, word) => {
    const { code, out, err } = await runProgram([command, word, '--figure', 'picture.jpg']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('"--figure" takes a file whose name ends in .svg or .png');
  });
});
