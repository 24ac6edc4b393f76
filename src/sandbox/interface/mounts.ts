/** A volume of this run. */
export interface Volume {
  /** Its name on the engine. */
  readonly name: string;
  /** Its name in command lines. */
  readonly shownName: string;
  /** False once it is gone. */
  exists(): Promise<boolean>;
  remove(): Promise<void>;
  /** Tries to remove it, with `--force` if asked. @returns the engine's refusal, or null if it is removed */
  tryRemove(options?: { readonly force?: boolean }): Promise<string | null>;
  /** Where the engine keeps its files on its host. */
  mountpoint(): Promise<string>;
}

/** A network of this run, which leads nowhere else. */
export interface Network {
  /** Its name on the engine. */
  readonly name: string;
  /** Its name in command lines. */
  readonly shownName: string;
  /** The names of the running containers that are on it, as command lines show them, sorted. */
  containers(): Promise<readonly string[]>;
  /** Tries to remove it. @returns the engine's refusal, or null if it is removed */
  tryRemove(): Promise<string | null>;
}

export type Mount =
  | {
      readonly type: 'volume';
      readonly volume: Volume;
      readonly path: string;
      readonly readOnly?: boolean;
      readonly noCopy?: boolean;
    }
  | { readonly type: 'anonymous'; readonly path: string }
  | { readonly type: 'tmpfs'; readonly path: string; readonly size: number }
  | { readonly type: 'bind'; readonly directory: HostDirectory; readonly path: string; readonly readOnly?: boolean };

/** A directory on the engine's host that the sandbox made for this run. */
export interface HostDirectory {
  readonly path: string;
  /** Its path in command lines. */
  readonly shownPath: string;
  /** Writes a text file into it from outside any container. */
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string>;
  /** The names of the files in it, sorted. */
  list(): Promise<readonly string[]>;
}

/** Options of the local volume driver with one fault. */
export type DriverOptions = 'unknown name' | 'no device' | 'wrong value';
