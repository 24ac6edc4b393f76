import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Folders with ca.pem, cert.pem and key.pem, as the engine and its client want them. */
export interface Certificates {
  readonly server: string;
  readonly client: string;
  /** Trusts the engine, but is of an authority that the engine does not know. */
  readonly stranger: string;
}

/** Makes two authorities and their certificates with openssl, by the commands of docs/engine.md. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const [known, unknown] = [join(folder, 'known'), join(folder, 'unknown')];
  await makeAuthority(known);
  await makeAuthority(unknown);
  const stranger = await sign(unknown, 'client', 'extendedKeyUsage=clientAuth\n');
  await copyFile(join(known, 'ca.pem'), join(stranger, 'ca.pem'));
  return {
    server: await sign(known, 'server', 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n'),
    client: await sign(known, 'client', 'extendedKeyUsage=clientAuth\n'),
    stranger,
  };
}

const openssl = (...words: string[]) => promisify(execFile)('openssl', words);
const newKey = ['-newkey', 'rsa:2048', '-nodes'];

async function makeAuthority(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = ['-keyout', join(folder, 'ca-key.pem'), '-out', join(folder, 'ca.pem')];
  await openssl('req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=authority', ...files);
}

async function sign(authority: string, name: string, extensions: string): Promise<string> {
  const folder = join(authority, name);
  await mkdir(folder);
  const [request, extensionFile, ca] = [join(folder, 'request'), join(folder, 'extensions'), join(authority, 'ca.pem')];
  await writeFile(extensionFile, extensions);
  await openssl('req', ...newKey, '-subj', `/CN=${name}`, '-keyout', join(folder, 'key.pem'), '-out', request);
  const authorityFiles = ['-CA', ca, '-CAkey', join(authority, 'ca-key.pem'), '-CAcreateserial'];
  const files = ['-in', request, '-extfile', extensionFile, '-out', join(folder, 'cert.pem')];
  await openssl('x509', '-req', '-days', '2', ...authorityFiles, ...files);
  await copyFile(ca, join(folder, 'ca.pem'));
  return folder;
}
