/** What a run of the suite came to; written by the reporter, read by `npm test`. */
export interface Skipped {
  readonly title: string;
  readonly reason: string;
}

export interface Failure {
  /** File and full name of the test, or what failed outside of any. */
  readonly title: string;
  /** The first line of its error. */
  readonly error: string;
}

export interface Totals {
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly skipped: readonly Skipped[];
}
