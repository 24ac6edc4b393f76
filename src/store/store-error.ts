/** Why the store cannot be used. */
export type StoreUnavailableCode =
  | 'not-writable'
  | 'corrupt'
  | 'not-ours'
  | 'newer-version'
  | 'busy'
  | 'full'
  | 'closed'
  | 'gone'
  | 'failed';

/** The store cannot be used; its message says why and what to do. Its cause is SQLite's or the file system's error. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code: StoreUnavailableCode;

  constructor(code: StoreUnavailableCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The store refused a write that its rules forbid, such as changing an audit record; its message names the rule. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
  readonly code = 'refused';
}

/** Why a secret cannot be kept or read. */
export type StoreKeyErrorCode = 'no-key' | 'wrong-key' | 'tampered';

/** A secret cannot be encrypted or decrypted; its message says what to do. */
export class StoreKeyError extends Error {
  override readonly name = 'StoreKeyError';
  readonly code: StoreKeyErrorCode;

  constructor(code: StoreKeyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Settings that a team cannot have; lists every problem. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid';
  readonly code = 'settings-invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(`These settings are not valid: ${problems.join('; ')}`, options);
    this.problems = problems;
  }
}
