import { expect, test } from 'vitest';
import { connectEngine } from '../../src/sandbox/engine.ts';

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
