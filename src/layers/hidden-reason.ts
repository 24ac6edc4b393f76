/** Why bytes are stored that no file of the image shows; `rewritten` is the same content once more, as by chmod. */
export type HiddenReason = 'deleted' | 'replaced' | 'rewritten' | 'directory-removed';
