/** Thrown for a command line that makes no command; its message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}
