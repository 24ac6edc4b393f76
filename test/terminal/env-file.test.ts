import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examineEnvFile } from '../../src/terminal/examine-env-file.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

test.each([
  [0o600, 'good', /this user alone/],
  [0o400, 'good', /this user alone/],
  [0o644, 'warning', /can be read by other users/],
  [0o640, 'warning', /can be read by other users/],
  [0o666, 'missing', /can be changed by other users/],
  [0o602, 'missing', /can be changed by other users/],
  [0o660, 'missing', /can be changed by other users/],
])('.env of mode %o is %s', async (mode, state, text) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, '.env'), '');
  await chmod(join(folder, '.env'), mode);
  expect(await examineEnvFile(folder)).toMatchObject([{ state, text: expect.stringMatching(text) }]);
});

test('where there is no .env there is nothing to tell', async () => {
  expect(await examineEnvFile(await temporaryFolder())).toEqual([]);
});
