import { describe, expect, test } from 'vitest';
import { connectEngine } from '../../src/sandbox/engine.ts';
import { riskOf } from '../../src/sandbox/engine-risk.ts';

const config = (host: string | null, tlsVerify = false, certPath: string | null = null) => ({
  host,
  tlsVerify,
  certPath,
});

test.each([
  ['unix:///run/other.sock', 'unix:///run/other.sock'],
  ['tcp://demo-host:2375', 'tcp://demo-host:2375'],
  ['ssh://bot@demo-host', 'ssh://bot@demo-host'],
])('takes the address %s', (host, address) => {
  expect(connectEngine(config(host), {}).address).toBe(address);
});

test('takes a default socket where no address is set', () => {
  expect(connectEngine(config(null), {}).address).toMatch(/^unix:\/\/\/.*docker\.sock$/);
});

test('an address that is none is told with examples', () => {
  expect(() => connectEngine(config('tcp://a b:x'), {})).toThrow(/DOCKER_HOST is not an address.*tcp:\/\/host:2376/);
});

test('certificates that cannot be read are told with the setting to check', () => {
  expect(() => connectEngine(config('tcp://demo-host:2376', true, '/nowhere'), {})).toThrow(/DOCKER_CERT_PATH/);
});

describe('who controls an engine controls its host, so an engine is judged by its address', () => {
  const risk = (address: string, rootless: boolean, tlsVerify = false) =>
    riskOf(connectEngine(config(address, tlsVerify), {}), { rootless });

  test('a rootful one on a socket of this host is root on this host', () => {
    expect(risk('unix:///var/run/docker.sock', false)).toMatch(/root on this host/);
  });

  test.each([true, false])('one on a port without TLS is open to everybody (rootless: %s)', (rootless) => {
    expect(risk('tcp://demo-host:2375', rootless)).toMatch(/without TLS/);
  });

  test.each([
    ['unix:///run/user/1000/docker.sock', true, false],
    ['tcp://demo-host:2376', false, false],
    ['tcp://demo-host:2222', false, true],
    ['ssh://bot@demo-host', false, false],
  ])('%s (rootless: %s, TLS: %s) is none of these', (address, rootless, tlsVerify) => {
    expect(risk(address, rootless, tlsVerify)).toBeNull();
  });
});
