import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { runProgram } from './run-program.ts';

let settings: Record<string, string>;

beforeEach(async () => {
  settings = { DATA_DIR: await temporaryFolder() };
});

describe('audit', () => {
  test('lists the demos that ran from the terminal, with their receipts as JSON', async () => {
    await runProgram(['demo', 'tag-moves'], settings);
    const table = await runProgram(['audit'], settings);
    expect({ code: table.code, err: table.err }).toEqual({ code: 0, err: '' });
    expect(table.out).toMatch(
      /^started +outcome +demo +took +who and where\n\S+Z {2}held +tag-moves +[\d.]+ s {2}terminal in terminal\n$/,
    );
    const { out } = await runProgram(['audit', '--json'], settings);
    expect(JSON.parse(out)).toMatchObject({
      demo: 'tag-moves',
      surface: 'terminal',
      outcome: 'held',
      receipt: { leftovers: 0, engine: { version: expect.any(String) } },
    });
  });

  test('leaves out what ran before a date', async () => {
    await runProgram(['demo', 'tag-moves'], settings);
    expect((await runProgram(['audit', '--since', '2999-01-31'], settings)).out).toBe('No demo run is on record.\n');
    expect((await runProgram(['audit', '--since', '2020-01-31', '--json'], settings)).out).toContain('tag-moves');
  });

  test.each([['yesterday'], ['2026-31-01']])('refuses "%s" as a date in one line', async (since) => {
    const { code, err } = await runProgram(['audit', '--since', since], settings);
    expect({ code, err }).toEqual({ code: 2, err: '"--since" needs a date, such as 2026-01-31\n' });
  });

  test('says what to do where the store cannot be opened', async () => {
    const { code, err } = await runProgram(['audit'], { DATA_DIR: '/dev/null/store' });
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/cannot be written .*Set DATA_DIR/) });
  });
});
