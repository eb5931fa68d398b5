/**
 * The ports: everything a room needs from the outside world, as plain interfaces. The context
 * (`Ctx`) is built once, in `main`, and handed down; tests hand down a clock that stands still,
 * a database that fails, a root provider that lost an epoch.
 */
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Cipher, RootProvider } from './key-ports.ts';
import type { Metrics } from './metrics.ts';

/** UTC milliseconds. Rooms never call `Date.now()`. */
export interface Clock {
  now(): number;
}

export interface Random {
  /** Cryptographically random bytes. */
  bytes(length: number): Buffer;
  /** A UUIDv7 (RFC 9562 §5.7): sortable by the time of `clock`. */
  id(): string;
}

/** A statement. With a `name` it is prepared once per connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export interface Rows<Row> {
  readonly rows: Row[];
  readonly rowCount: number;
}

/** Something that runs statements (READ COMMITTED). Bigints arrive as `string`, bytea as Buffer, times as Date. */
export interface Tx {
  query<Row = Record<string, unknown>>(statement: Statement): Promise<Rows<Row>>;
}

/** A transaction in progress. */
export interface Transaction extends Tx {
  /**
   * Sends a statement whose answer is not needed: it shares the round trip of what follows (the commit,
   * often). Its failure fails the transaction.
   */
  later(statement: Statement): void;
}

/**
 * The system of record. `transaction` commits when `work` resolves and rolls back when it throws;
 * a deadlock or a serialization failure is retried, so `work` must be repeatable. A query that `work` does not
 * wait for shares the round trip of the commit; when it fails, so does the transaction.
 * Throws `BaileeError('database_unavailable')` when no connection can be had.
 */
export interface Database extends Tx {
  readonly engine: 'pglite' | 'postgres';
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type JobName =
  | 'erasure.sweep'
  | 'retention.sweep'
  | 'ledger.sequence'
  | 'event.partitions'
  | 'shop.redact'
  | 'outbox.drain';

/** Durable jobs (pg-boss). Handlers may run twice and must not mind. */
export interface Jobs {
  /** With `tx`, the job exists only if that transaction commits. */
  enqueue(name: JobName, payload: Record<string, string>, tx?: Tx): Promise<void>;
  stop(): Promise<void>;
}

/** What every function of a room takes first. */
export interface Ctx {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly db: Database;
  readonly root: RootProvider;
  readonly cipher: Cipher;
  readonly log: Logger;
  readonly metrics: Metrics;
}
