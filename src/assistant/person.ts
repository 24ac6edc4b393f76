/** Who asks, as a surface knows them. The id is stable and opaque, for example `slack:T1:U2`. */
export interface Person {
  readonly id: string;
  /** Their workspace. Whoever operates this program has none, and no settings limit them. */
  readonly team?: string;
  /** A guest of the workspace, or somebody of a connected one; null where nobody can tell. */
  readonly guest?: boolean | null;
}

/** Where they ask, for example `slack:T1:C3` or `terminal`. */
export interface Place {
  readonly id: string;
}
