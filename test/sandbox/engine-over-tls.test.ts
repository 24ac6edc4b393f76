import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { makeCertificates } from '../engines/certificates.ts';
import { startPrivateEngine } from '../engines/private-engine.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

test('an engine over TLS runs demos for who has a certificate, and for nobody else', async () => {
  const folder = await temporaryFolder();
  const { server, client, stranger } = await makeCertificates(folder);
  const address = 'tcp://127.0.0.1:2376';
  const engine = await startPrivateEngine([
    '--host',
    address,
    '--tlsverify',
    '--tlscacert',
    join(server, 'ca.pem'),
    '--tlscert',
    join(server, 'cert.pem'),
    '--tlskey',
    join(server, 'key.pem'),
  ]);
  // The engine listens in its own network namespace, so the program runs there too.
  const run = (certificates: string | null, ...words: string[]) => {
    const command = ['--net', '--target', String(engine.processId()), `${projectFolder}dockproof`, ...words];
    const { status, stdout, stderr } = spawnSync('nsenter', command, {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        DATA_DIR: folder,
        DOCKER_HOST: address,
        ...(certificates === null ? {} : { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates }),
      },
    });
    return { status, text: `${stdout}${stderr}` };
  };

  const demo = run(client, 'demo', 'data-loss-on-replace');
  expect(demo).toMatchObject({ status: 0, text: expect.stringContaining('Every claim held') });
  const doctor = run(client, 'doctor');
  expect(doctor.text).toContain(`at ${address}`);
  expect(doctor.text).not.toMatch(/! safety/);

  for (const certificates of [stranger, null]) {
    const refused = run(certificates, 'demo', 'data-loss-on-replace');
    expect(refused).toMatchObject({ status: 3, text: expect.stringMatching(/DOCKER_CERT_PATH/) });
  }
});
