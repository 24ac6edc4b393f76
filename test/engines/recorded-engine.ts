import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './test-engine.ts';

/** What an engine answered when it was asked what it is, as far as it is read. */
export interface Answers {
  readonly version: object;
  readonly info: object;
}

const info = {
  Driver: 'overlay',
  DriverStatus: [['Native Overlay Diff', 'true']],
  MemoryLimit: true,
  CpuCfsQuota: true,
  PidsLimit: true,
  CgroupDriver: 'cgroupfs',
  CgroupVersion: '1',
};

/** Podman 4.3.1 of Debian 12, run by an unprivileged user on cgroup v1. */
export const rootlessPodman = {
  version: { Components: [{ Name: 'Podman Engine' }], Version: '4.3.1', ApiVersion: '1.41', Arch: 'amd64' },
  info: { ...info, SecurityOptions: ['name=seccomp,profile=default'], Rootless: true },
};

/** Docker 20.10.24 of Debian 12, run by an unprivileged user on cgroup v1. */
export const rootlessDocker = {
  version: { Components: [{ Name: 'Engine' }], Version: '20.10.24+dfsg1', ApiVersion: '1.41', Arch: 'amd64' },
  info: {
    ...info,
    Driver: 'overlay2',
    MemoryLimit: false,
    CpuCfsQuota: false,
    PidsLimit: false,
    CgroupDriver: 'none',
    SecurityOptions: ['name=seccomp,profile=default', 'name=rootless'],
  },
};

/** An engine that says what it is, has the base image, and makes nothing. */
export interface RecordedEngine {
  readonly socket: string;
  /** Where it also answers, on 127.0.0.1. */
  readonly port: number;
  /** What it was asked, for example `GET /info`. */
  readonly requests: readonly string[];
}

const baseImage = {
  Id: `sha256:${'0'.repeat(64)}`,
  Config: { Labels: { 'dockproof.base': 'busybox' } },
  RootFS: { Layers: [] },
  Size: 0,
  Architecture: 'amd64',
};

/** Serves recorded answers over a socket until the test ends. */
export async function serveRecorded({ version, info: facts }: Answers): Promise<RecordedEngine> {
  const socket = join(await temporaryFolder(), 's');
  const requests: string[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    'GET /version': version,
    'GET /info': facts,
    'GET /_ping': 'OK',
    'GET /images/dockproof/base:1/json': baseImage,
    'GET /containers/json': [],
    'GET /images/json': [],
    'GET /volumes': {},
    'GET /networks': [],
  };
  const listener: RequestListener = (request, response) => {
    const asked = `${request.method} ${request.url?.split('?')[0]}`;
    requests.push(asked);
    response.statusCode = asked in answers ? 200 : 500;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[asked] ?? { message: 'this engine is a recording' }));
  };
  const local = createServer(listener).listen(socket);
  const remote = createServer(listener).listen(0, '127.0.0.1');
  const servers = [local, remote];
  await Promise.all(servers.map((server) => once(server, 'listening')));
  onTestFinished(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });
  const address = remote.address();
  return { socket, port: typeof address === 'object' ? (address?.port ?? 0) : 0, requests };
}
