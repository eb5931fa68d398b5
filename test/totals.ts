/** What a run of the suite came to; written by the reporter, read by `npm test`. */
export interface Skipped {
  readonly title: string;
  readonly reason: string;
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
}
