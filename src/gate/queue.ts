/**
 * Group commit: what arrives while a batch commits goes into the next batch. One batch at a time per node,
 * no lingering, no second connection. When a batch fails, its members are tried one by one, so that one
 * damaged customer does not fail the neighbors.
 */
const MOST = 256;

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
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST);
      await this.#finish(batch);
    }
    this.#running = false;
  }

  async #finish(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const outcomes = await this.#work(batch.map((each) => each.input));
      for (const [at, each] of batch.entries()) {
        const outcome = outcomes[at]!;
        if ('value' in outcome) each.resolve(outcome.value);
        else each.reject(outcome.error);
      }
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      else for (const each of batch) await this.#finish([each]);
    }
  }
}
