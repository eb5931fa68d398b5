/** A line of an issue's "Accept when", as something that a command can judge. */
export interface LineOptions {
  /** Smaller sizes: the whole of `npm run accept -- --quick` ends within a quarter of an hour. */
  readonly quick: boolean;
  /** `--seed`: replays that schedule alone, for a line that is judged by seeds. */
  readonly seed?: number;
  /** `--minutes`: how long a line that fuzzes goes on; its own choice when absent. */
  readonly minutes?: number;
  /** Progress, for a person who waits. Never personal data. */
  readonly log: (message: string) => void;
}

export interface Verdict {
  readonly pass: boolean;
  /** What was counted or measured, in a few words: `541,909 of 541,909 lines`. */
  readonly figure: string;
}

/**
 * Each script in `accept/NN/` exports one as `line`. It judges through the outside surface (HTTP,
 * CLI, client libraries) wherever that surface can show it. `run` throws or answers `pass: false`
 * on failure; both count the same.
 */
export interface AcceptLine {
  readonly issue: number;
  readonly number: number;
  readonly title: string;
  /** False: has no smaller size and is left out of a quick run, which says so. */
  readonly quick?: boolean;
  readonly run: (options: LineOptions) => Promise<Verdict>;
}
