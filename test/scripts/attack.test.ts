import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { rootlessDocker, serveRecorded } from '../engines/recorded-engine.ts';

test('an engine that takes no notice of limits is refused: nothing is attacked, and that is well', async () => {
  const { socket, requests } = await serveRecorded(rootlessDocker);
  const env = { ...process.env, DOCKER_HOST: `unix://${socket}` };
  const attack = (...words: string[]) =>
    promisify(execFile)(process.execPath, [`${projectFolder}scripts/attack.ts`, ...words], { env });
  expect((await attack()).stdout).toMatch(/^No attack is possible: .*DEMO_ENGINE_WITHOUT_LIMITS=allow/);
  const refused = expect.stringContaining('takes no notice of limits');
  expect(JSON.parse((await attack('--json')).stdout)).toEqual({ refused });
  expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
});
