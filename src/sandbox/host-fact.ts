import { readFile } from 'node:fs/promises';

const files = {
  'kernel-release': '/proc/sys/kernel/osrelease',
  'boot-id': '/proc/sys/kernel/random/boot_id',
  hostname: '/proc/sys/kernel/hostname',
} as const;

/**
 * Reads a fact of this host, where the engine is reached over a local socket; null where it may be another machine.
 * A local socket can still lead into a virtual machine (Docker Desktop), so compare before relying on it.
 */
export async function readHostFact(address: string, fact: keyof typeof files): Promise<string | null> {
  if (!address.startsWith('unix://')) return null;
  try {
    return (await readFile(files[fact], 'utf8')).trim();
  } catch {
    return null;
  }
}
