export { SettingsInvalid, StoreKeyError, StoreUnavailable } from '../store/store-error.ts';

/** Why the assistant refused a request. */
export type AssistantErrorCode =
  | 'empty-question'
  | 'question-too-long'
  | 'unknown-demo'
  | 'not-allowed'
  | 'budget-spent'
  | 'too-many-runs'
  | 'too-many-looks'
  | 'no-layers';

/** A refusal in words that a person can act on. */
export class AssistantError extends Error {
  override readonly name = 'AssistantError';
  readonly code: AssistantErrorCode;

  constructor(code: AssistantErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
