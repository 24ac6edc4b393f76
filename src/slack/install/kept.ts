/** Which requests were taken, across all processes. */
export interface TakenRequests {
  /**
   * Takes a request.
   * @param event what tells it apart in its channel
   * @param at milliseconds since 1970
   * @returns true exactly once, across all processes
   * @throws StoreUnavailable
   */
  take(team: string, channel: string, event: string, at: number): Promise<boolean>;
}

/** Where the app is installed: a workspace, or a whole organisation. */
export interface InstallationKey {
  readonly kind: 'team' | 'enterprise';
  readonly id: string;
}

/** Installations of the app with their tokens. Each throws StoreUnavailable, and StoreKeyError where it cannot be decrypted. */
export interface KeptInstallations {
  /** Keeps an installation in place of an earlier one. */
  put(key: InstallationKey, installation: object): Promise<void>;
  /** An installation as it was put; null where there is none. */
  get(key: InstallationKey): Promise<Record<string, unknown> | null>;
  /**
   * Changes an installation in one go, so that of two changes at once none is lost.
   * @param change makes the new one of the one that is kept; null leaves it as it is
   * @throws what `change` throws
   */
  change(key: InstallationKey, change: (kept: Record<string, unknown> | null) => object | null): Promise<void>;
  /** The ids of the workspaces for which something is kept. */
  teams(): Promise<readonly string[]>;
  /** Forgets an installation. @returns false if there was none */
  remove(key: InstallationKey): Promise<boolean>;
}

/** What outlives the process and is Slack's alone. */
export interface SlackKept {
  readonly seenEvents: TakenRequests;
  readonly installations: KeptInstallations;
}
