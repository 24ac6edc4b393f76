import type { Image } from '../../../src/sandbox/sandbox.ts';
import { buildByHand } from './build-by-hand.ts';
import type { Stand } from './stand.ts';

/** Builds an image with a `su` that is setuid root, and with a root that has no password. */
export async function buildSetuidImage(stand: Stand): Promise<Image> {
  const { image } = await buildByHand(stand, 'setuid', [
    'USER 0:0',
    "RUN cp /bin/busybox su && chmod 4755 su && echo 'root::0:0::/:/bin/sh' > /etc/passwd",
    'USER 65534:65534',
  ]);
  return image;
}
