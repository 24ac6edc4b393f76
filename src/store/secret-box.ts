import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { StoreKeyError } from './store-error.ts';

/** The keys for what is kept encrypted; null where none is set. */
export interface StoreKeys {
  /** Encrypts, and decrypts what it encrypted. */
  readonly current: KeyObject | null;
  /** The key before it: it only decrypts, until everything is encrypted anew. */
  readonly previous: KeyObject | null;
}

/** What is kept of a secret. */
export interface SealedSecret {
  readonly keyId: string;
  readonly nonce: Uint8Array;
  readonly tag: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** Encrypts and decrypts secrets. */
export interface SecretBox {
  /** The id of the key that encrypts; null where none is set. */
  readonly currentKeyId: string | null;
  /**
   * @param owner whom the secret belongs to; only whoever names the same owner can open it
   * @throws StoreKeyError `no-key`
   */
  seal(secret: string, owner: string): SealedSecret;
  /** @throws StoreKeyError `no-key`, `wrong-key`, or `tampered` */
  open(sealed: SealedSecret, owner: string): string;
}

const cipher = 'aes-256-gcm';
/** Bytes; the sizes that NIST SP 800-38D recommends for GCM. */
const size = { nonce: 12, tag: 16 };

/** Makes a box: AES-256-GCM, a fresh nonce for each secret, the owner authenticated with it. */
export function createSecretBox({ current, previous }: StoreKeys): SecretBox {
  const keys = new Map<string, KeyObject>();
  for (const key of [previous, current]) if (key !== null) keys.set(keyIdOf(key), key);
  return {
    currentKeyId: current === null ? null : keyIdOf(current),
    seal(secret, owner) {
      if (current === null) throw noKey();
      const keyId = keyIdOf(current);
      const nonce = randomBytes(size.nonce);
      const encryption = createCipheriv(cipher, current, nonce, { authTagLength: size.tag });
      encryption.setAAD(boundTo(keyId, owner));
      const ciphertext = Buffer.concat([encryption.update(secret, 'utf8'), encryption.final()]);
      return { keyId, nonce, tag: encryption.getAuthTag(), ciphertext };
    },
    open({ keyId, nonce, tag, ciphertext }, owner) {
      if (keys.size === 0) throw noKey();
      const key = keys.get(keyId);
      if (key === undefined) throw wrongKey(keyId, [...keys.keys()]);
      try {
        const decryption = createDecipheriv(cipher, key, nonce, { authTagLength: size.tag });
        decryption.setAAD(boundTo(keyId, owner));
        decryption.setAuthTag(tag);
        return Buffer.concat([decryption.update(ciphertext), decryption.final()]).toString('utf8');
      } catch (cause) {
        throw tampered(owner, cause);
      }
    },
  };
}

/** The error for a secret that is not as it was written. */
export function tampered(owner: string, cause: unknown): StoreKeyError {
  const message = `What is kept for ${owner} was changed outside Dockproof and is not used. Install the app in that workspace again, and find out who can write the data folder`;
  return new StoreKeyError('tampered', message, { cause });
}

/** Names a key without telling anything of it, so that each secret can say which key opens it. */
function keyIdOf(key: KeyObject): string {
  return createHmac('sha256', key).update('dockproof store key').digest('hex').slice(0, 16);
}

/** The length goes first, so that no two pairs give the same bytes. */
function boundTo(keyId: string, owner: string): Buffer {
  return Buffer.from(`${keyId.length}:${keyId}${owner}`);
}

function noKey(): StoreKeyError {
  const message =
    'Tokens of workspaces are kept encrypted, and STORE_KEY is not set. Make one with: openssl rand -base64 32';
  return new StoreKeyError('no-key', message);
}

function wrongKey(keyId: string, known: readonly string[]): StoreKeyError {
  const message = `A token is encrypted with the key ${keyId}, and the keys set are ${known.join(' and ')}. Set STORE_KEY_PREVIOUS to the key of before, or install the app in that workspace again`;
  return new StoreKeyError('wrong-key', message);
}
