/** Work that comes again and again on each node. An error is told and does not end it. */

export interface Loop {
  /** Ends after the round that is under way. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** One round; true: there is more, so go on at once. */
  readonly work: () => Promise<boolean>;
  /** Rest between two rounds, in milliseconds. */
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}

/** After an error the rest grows up to this many times, so that a lost database is not hammered. */
const LONGEST_REST = 10;

export function startLoop({ work, everyMs, onError }: LoopOptions): Loop {
  let stopping = false;
  let wake: () => void = () => undefined;
  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    let failures = 0;
    while (!stopping) {
      let more = false;
      try {
        more = await work();
        failures = 0;
      } catch (error) {
        failures += 1;
        onError(error);
      }
      if (!stopping && !more) await rest(everyMs * Math.min(failures + 1, LONGEST_REST));
    }
  };
  const ended = run();
  return {
    async stop() {
      stopping = true;
      wake();
      await ended;
    },
  };
}
