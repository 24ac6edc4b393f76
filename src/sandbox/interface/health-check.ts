/** A check whose command runs in the container; times in milliseconds. */
export interface HealthCheck {
  /** A shell script; exit status 0 is healthy. */
  readonly command: string;
  readonly interval: number;
  /** Failures in a row after which the container is unhealthy. */
  readonly retries: number;
  /** Time from the start in which failures do not count. */
  readonly startPeriod?: number;
}
