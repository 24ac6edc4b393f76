/** Why a registry, or the name of an image, gave no layers. */
export type RegistryErrorCode =
  | 'not-a-name'
  | 'registry-not-allowed'
  | 'address-refused'
  | 'no-such-image'
  | 'needs-login'
  | 'rate-limited'
  | 'no-such-platform'
  | 'not-an-image'
  | 'unreadable'
  | 'unreachable';

/** A refusal in words that a person can act on. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly code: RegistryErrorCode;

  constructor(code: RegistryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
