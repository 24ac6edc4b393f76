import { z } from 'zod';
import type { Database, Statements } from './database.ts';
import { jsonObject, jsonOf } from './json-text.ts';
import { type SecretBox, tampered } from './secret-box.ts';
import { StoreKeyError } from './store-error.ts';

const bytes = z.instanceof(Uint8Array);
const keyFields = { kind: z.enum(['team', 'enterprise']), id: z.string() };
const sealedRow = z.object({ ...keyFields, keyId: z.string(), nonce: bytes, tag: bytes, ciphertext: bytes });

/** Where the app is installed: a workspace, or a whole enterprise organisation. */
export interface InstallationKey {
  readonly kind: 'team' | 'enterprise';
  readonly id: string;
}

/** Installations of the app with their tokens, encrypted. Every method throws StoreUnavailable. */
export interface Installations {
  /** Keeps an installation in place of an earlier one. @throws StoreKeyError `no-key` */
  put(key: InstallationKey, installation: object): Promise<void>;
  /** An installation as it was put; null where there is none. @throws StoreKeyError if it cannot be decrypted */
  get(key: InstallationKey): Promise<Record<string, unknown> | null>;
  /**
   * Changes an installation in one go, so that of two changes at once none is lost.
   * @param change makes the new one of the one that is kept; null leaves it as it is
   * @throws StoreKeyError, and what `change` throws
   */
  change(key: InstallationKey, change: (kept: Record<string, unknown> | null) => object | null): Promise<void>;
  /** The ids of the workspaces for which something is kept. */
  teams(): Promise<readonly string[]>;
  /** Forgets an installation. @returns false if there was none */
  remove(key: InstallationKey): Promise<boolean>;
  /**
   * Encrypts anew what the previous key encrypted, so that it can be thrown away. What cannot be decrypted stays as it
   * is.
   * @returns how many were encrypted anew, and how many are left that the current key does not open
   */
  rotate(): Promise<{ readonly rotated: number; readonly unreadable: number }>;
}

const columns = 'kind, id, key_id AS keyId, nonce, tag, ciphertext';

/** Makes the installations of an open store. */
export function createInstallations(database: Database, box: SecretBox): Installations {
  const ownerOf = ({ kind, id }: InstallationKey) => `${kind} ${id}`;
  const seal = (file: Statements, key: InstallationKey, secret: string) => {
    const { keyId, nonce, tag, ciphertext } = box.seal(secret, ownerOf(key));
    file.run(
      `INSERT INTO installations (kind, id, key_id, nonce, tag, ciphertext)
       VALUES (:kind, :id, :keyId, :nonce, :tag, :ciphertext)
       ON CONFLICT DO UPDATE SET key_id = excluded.key_id, nonce = excluded.nonce, tag = excluded.tag,
         ciphertext = excluded.ciphertext`,
      { kind: key.kind, id: key.id, keyId, nonce, tag, ciphertext },
    );
  };
  const open = (file: Statements, key: InstallationKey): Record<string, unknown> | null => {
    const { kind, id } = key;
    const sealed = file.row(sealedRow, `SELECT ${columns} FROM installations WHERE kind = :kind AND id = :id`, {
      ...{ kind, id },
    });
    if (sealed === null) return null;
    const parsed = jsonOf(jsonObject).safeParse(box.open(sealed, ownerOf(key)));
    if (!parsed.success) throw tampered(ownerOf(key), parsed.error);
    return parsed.data;
  };
  return {
    put: (key, installation) => database.write((file) => seal(file, key, JSON.stringify(installation))),
    get: (key) => database.read((file) => open(file, key)),
    change: (key, change) =>
      database.write((file) => {
        const changed = change(open(file, key));
        if (changed !== null) seal(file, key, JSON.stringify(changed));
      }),
    teams: () =>
      database.read((file) =>
        file
          .rows(z.object({ id: z.string() }), "SELECT id FROM installations WHERE kind = 'team' ORDER BY id")
          .map(({ id }) => id),
      ),
    remove: ({ kind, id }) =>
      database.write(
        (file) => file.run('DELETE FROM installations WHERE kind = :kind AND id = :id', { kind, id }) === 1,
      ),
    rotate: () =>
      database.write((file) => {
        const old = file.rows(sealedRow, `SELECT ${columns} FROM installations WHERE key_id IS NOT :current`, {
          current: box.currentKeyId,
        });
        let rotated = 0;
        for (const sealed of old) {
          try {
            seal(file, sealed, box.open(sealed, ownerOf(sealed)));
            rotated += 1;
          } catch (error) {
            if (!(error instanceof StoreKeyError)) throw error;
          }
        }
        return { rotated, unreadable: old.length - rotated };
      }),
  };
}
