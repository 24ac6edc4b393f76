import type { Image } from '../../../src/sandbox/sandbox.ts';
import type { Stand } from './stand.ts';

/** Builds an image with a `su` that is setuid root, and with a root that has no password. */
export function buildSetuidImage(stand: Stand): Promise<Image> {
  return stand.openRun(60).sandbox.build({
    name: 'setuid',
    dockerfile: [
      'FROM base',
      'USER 0:0',
      "RUN cp /bin/busybox /work/su && chmod 4755 /work/su && echo 'root::0:0::/:/bin/sh' > /etc/passwd",
      'USER 65534:65534',
    ],
  });
}
