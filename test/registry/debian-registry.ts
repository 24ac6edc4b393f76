import { execFileSync, spawn } from 'node:child_process';
import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { startStub } from './stub-registry.ts';

/** A registry that runs on this machine. */
export interface RealRegistry {
  readonly host: string;
  /** Stores bytes. @returns their digest */
  push(repository: string, bytes: Buffer): Promise<string>;
  /** Stores a manifest by a tag or digest. @returns the status that the registry answered with */
  tag(repository: string, reference: string, type: string, body: Buffer): Promise<number>;
  /** Who gives out tokens for it; empty for nobody. */
  readonly tokenHost: string;
  /** Tokens that were asked for, by their paths. */
  readonly asked: readonly string[];
}

/** Starts Debian's registry; it ends with the test. @param token whether it wants a token for everything */
export async function startRegistry({ token = false }: { token?: boolean } = {}): Promise<RealRegistry> {
  const folder = await temporaryFolder();
  const host = `127.0.0.1:${await freePort()}`;
  const tokens = token ? await startTokenServer(folder) : null;
  const auth =
    tokens === null
      ? ''
      : `auth:
  token:
    realm: http://${tokens.host}/token
    service: test
    issuer: test
    rootcertbundle: ${folder}/cert.pem
`;
  await writeFile(
    join(folder, 'config.yml'),
    `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${folder}/data}}
http: {addr: ${host}}
${auth}`,
  );
  const registry = spawn(programPath(), ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  onTestFinished(() => void registry.kill());
  await untilAnswers(host);
  const headers =
    tokens === null ? {} : { authorization: `Bearer ${tokens.tokenFor('repository:made/here:pull,push')}` };
  return {
    host,
    tokenHost: tokens?.host ?? '',
    asked: tokens?.asked ?? [],
    async push(repository, bytes) {
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      const begun = await fetch(`http://${host}/v2/${repository}/blobs/uploads/`, { method: 'POST', headers });
      const place = new URL(begun.headers.get('location') ?? '', `http://${host}`);
      place.searchParams.set('digest', digest);
      const type = { 'content-type': 'application/octet-stream' };
      const ended = await fetch(place, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: { ...headers, ...type },
      });
      if (ended.status !== 201)
        throw new Error(`the registry did not take a blob: ${ended.status} ${await ended.text()}`);
      return digest;
    },
    async tag(repository, reference, type, body) {
      const url = `http://${host}/v2/${repository}/manifests/${reference}`;
      const put = { method: 'PUT', headers: { ...headers, 'content-type': type }, body: new Uint8Array(body) };
      return (await fetch(url, put)).status;
    },
  };
}

/** The registry of the set-up, which is fetched where it is missing. @throws with what is missing */
function programPath(): string {
  const own = `${projectFolder}node_modules/.docker-registry/usr/bin/docker-registry`;
  if (!existsSync(own)) execFileSync(process.execPath, [`${projectFolder}scripts/registry.mjs`], { stdio: 'inherit' });
  return existsSync(own) ? own : 'docker-registry';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function untilAnswers(host: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answered = await fetch(`http://${host}/v2/`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(50);
  }
  throw new Error('The registry does not answer. See to it with: npm run registry');
}

/** Gives out tokens that the registry takes (https://distribution.github.io/distribution/spec/auth/jwt/). */
async function startTokenServer(folder: string) {
  const words = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -keyout key.pem -out cert.pem';
  execFileSync('openssl', words.split(' '), { cwd: folder, stdio: 'ignore' });
  const key = createPrivateKey(await readFile(join(folder, 'key.pem')));
  const certificate = new X509Certificate(await readFile(join(folder, 'cert.pem')));
  const asked: string[] = [];
  const tokenFor = (scope: string) => {
    const [type, name, actions = ''] = scope.split(':');
    const now = Math.floor(Date.now() / 1000);
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const head = encoded({ typ: 'JWT', alg: 'RS256', x5c: [certificate.raw.toString('base64')] });
    const claims = { iss: 'test', sub: '', aud: 'test', exp: now + 300, nbf: now - 10, iat: now, jti: String(now) };
    const body = encoded({ ...claims, access: [{ type, name, actions: actions.split(',') }] });
    return `${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), key).toString('base64url')}`;
  };
  const { host } = await startStub(({ path }) => {
    asked.push(path);
    const scope = new URL(path, 'http://x').searchParams.get('scope') ?? '';
    return { body: JSON.stringify({ token: tokenFor(scope), expires_in: 300 }) };
  });
  return { host, asked, tokenFor };
}
