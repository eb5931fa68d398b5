/**
 * What the job engine has under way. Its own stop does not wait for a job that a worker is just fetching, so
 * the database would be closed under it; here the last of its statements and handlers is waited for.
 */
import type { Database, Rows, Statement } from '../../platform/ports.ts';

/** So long nothing may begin before the engine counts as still. */
const STILL_MS = 100;

export interface InFlight {
  /** The database for the engine: counted, and mute once all is still. */
  readonly db: Database;
  /** Counts a handler while it runs. */
  handler<A extends unknown[]>(work: (...args: A) => Promise<void>): (...args: A) => Promise<void>;
  /** Resolves when nothing is under way any more. Call it after the engine's own stop. */
  settled(): Promise<void>;
}

export function inFlight(db: Database): InFlight {
  let pending = 0;
  let changes = 0;
  let mute = false;
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    pending += 1;
    changes += 1;
    try {
      return await work();
    } finally {
      pending -= 1;
    }
  };
  const query = async <Row>(statement: Statement): Promise<Rows<Row>> =>
    mute ? { rows: [], rowCount: 0 } : counted(() => db.query<Row>(statement));
  return {
    db: { ...db, query },
    handler:
      (work) =>
      (...args) =>
        counted(() => work(...args)),
    async settled() {
      for (;;) {
        const before = changes;
        await new Promise((wake) => setTimeout(wake, STILL_MS));
        if (pending === 0 && changes === before) break;
      }
      mute = true;
    },
  };
}
