/**
 * Group commit: what arrives while a batch commits goes into the next batch. One batch at a time per node,
 * no lingering, no second connection. When a batch fails, its members are tried one by one, so that one
 * damaged customer does not fail the neighbors.
 */
const MOST = 32;

interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/** A result, or the error of that one member. */
export type Outcome<Out> = { readonly value: Out } | { readonly error: unknown };

export class BatchQueue<In, Out> {
  readonly #work: (inputs: readonly In[]) => Promise<Outcome<Out>[]>;
  #waiting: Waiting<In, Out>[] = [];
  #running = false;

  constructor(work: (inputs: readonly In[]) => Promise<Outcome<Out>[]>) {
    this.#work = work;
  }

  add(input: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    let answer: () => void = () => undefined;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST);
      const done = this.#attempt(batch);
      // The batch before is answered while this one is at the database: decrypting and waiting overlap.
      setImmediate(answer);
      answer = await done;
    }
    answer();
    this.#running = false;
  }

  /** Runs a batch; what it resolves with answers the callers. */
  async #attempt(batch: readonly Waiting<In, Out>[]): Promise<() => void> {
    try {
      const outcomes = await this.#work(batch.map((each) => each.input));
      return () => {
        for (const [at, each] of batch.entries()) settle(each, outcomes[at]!);
      };
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only !== undefined) return () => only.reject(error);
      const answers: (() => void)[] = [];
      for (const each of batch) answers.push(await this.#attempt([each]));
      return () => {
        for (const each of answers) each();
      };
    }
  }
}

function settle<In, Out>(waiting: Waiting<In, Out>, outcome: Outcome<Out>): void {
  if ('value' in outcome) waiting.resolve(outcome.value);
  else waiting.reject(outcome.error);
}
