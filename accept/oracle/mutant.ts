export interface OracleMutant {
  readonly name: string;
  /** In `dist/src/law`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
}
