/** A database whose calls are counted, and whose process ends at one of them. */
import type { Database, Transaction } from '../../../src/platform/ports.ts';

export interface Kill {
  /** The how manyeth call; from 1. */
  readonly call: number;
  /** Before it takes effect, or after. */
  readonly when: 'before' | 'after';
}

export interface Counter {
  calls: number;
  /** Null: nothing ends. */
  kill: Kill | null;
}

function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Statements, begins and commits are calls. */
export function counted(inner: Database, counter: Counter): Database {
  async function call<T>(act: () => Promise<T>): Promise<T> {
    counter.calls += 1;
    const struck = counter.kill?.call === counter.calls ? counter.kill.when : null;
    if (struck === 'before') end();
    const answer = await act();
    if (struck === 'after') end();
    return answer;
  }
  return {
    engine: inner.engine,
    close: () => inner.close(),
    query: (statement) => call(() => inner.query(statement)),
    async transaction(work) {
      await call(async () => undefined);
      let last: Kill['when'] | null = null;
      const result = await inner.transaction(async (tx) => {
        const own: Transaction = {
          query: (statement) => call(() => tx.query(statement)),
          later(statement) {
            counter.calls += 1;
            if (counter.kill?.call === counter.calls) end();
            tx.later(statement);
          },
        };
        const done = await work(own);
        counter.calls += 1;
        last = counter.kill?.call === counter.calls ? counter.kill.when : null;
        if (last === 'before') end();
        return done;
      });
      if (last === 'after') end();
      return result;
    },
  };
}
