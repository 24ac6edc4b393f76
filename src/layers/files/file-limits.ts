/** Caps on what is read of an image, so that none takes the memory or the time of the machine. */
export interface FileLimits {
  /** Layers of an image; engines make at most 127. */
  readonly layers: number;
  /** Entries of all layers' archives. */
  readonly entries: number;
  /** Distinct paths, directories with them. */
  readonly paths: number;
  /** Bytes of the names of those paths, and of the targets of symbolic links. */
  readonly nameBytes: number;
  /** Bytes of all layers after unpacking. */
  readonly unpackedBytes: number;
  /** Bytes of one manifest, index or configuration. */
  readonly documentBytes: number;
  /** How many of them are kept at once, and their bytes together. */
  readonly documents: number;
  readonly documentsBytes: number;
  /** How many pieces, largest files and names that look like secrets are listed, each. */
  readonly listed: number;
}

const mebibyte = 1024 * 1024;

/** Enough for images of a million files and 32 GiB; what an image does not use is not taken from the machine. */
export const defaultFileLimits: FileLimits = {
  layers: 500,
  entries: 1_000_000,
  paths: 1_000_000,
  nameBytes: 32 * mebibyte,
  unpackedBytes: 32 * 1024 * mebibyte,
  documentBytes: 4 * mebibyte,
  documents: 1000,
  documentsBytes: 16 * mebibyte,
  listed: 50,
};
