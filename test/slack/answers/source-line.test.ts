import { expect, test } from 'vitest';
import { sourceLine } from '../../../src/slack/answers/source-line.ts';

test.each([
  ['https://docs.docker.com/engine/release-notes/23.0/', 'release notes 23.0'],
  ['https://docs.docker.com/engine/release-notes/29/#2900', 'release notes 29'],
  ['https://github.com/opencontainers/runc/issues/3911', 'github.com: issues 3911'],
  ['https://docs.docker.com/engine/daemon/ipv6/', 'ipv6'],
  ['https://docs.docker.com/reference/cli/docker/container/run/', 'docker container run'],
  ['https://man7.org/linux/man-pages/man7/namespaces.7.html', 'man7.org: namespaces.7'],
  ['https://docs.docker.com/', 'docs.docker.com'],
])('%s is called "%s"', (source, name) => {
  expect(JSON.stringify(sourceLine([source]))).toContain(`|${name}>`);
});
