/** The database port over `pg`: one dialect for PostgreSQL and for the embedded engine behind its socket. */
import pg from 'pg';
import { BaileeError } from './errors.ts';
import type { Database, Rows, Statement, Transaction } from './ports.ts';

const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 8;

export interface DatabaseOptions {
  readonly engine: Database['engine'];
  readonly connectionString?: string;
  /** Folder of a Unix socket. */
  readonly host?: string;
  readonly pool: number;
}

/** Opens a pool. Nothing is sent until the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...(options.connectionString === undefined
      ? { host: options.host, port: 5432, user: 'postgres', database: 'postgres' }
      : { connectionString: options.connectionString }),
    max: options.pool,
    application_name: 'bailee',
    // Statements that do not wait for each other share a round trip; the embedded engine cannot.
    ...(options.engine === 'postgres' ? { pipeline: true } : {}),
    idleTimeoutMillis: options.engine === 'pglite' ? 0 : 30_000,
    connectionTimeoutMillis: 30_000,
  } as pg.PoolConfig);
  pool.on('error', () => undefined); // an idle connection died; the next query opens another

  const database: Database = {
    engine: options.engine,
    query: (statement) => guard(() => run(pool, statement)),
    transaction: (work) => guard(() => retried(pool, work)),
    close: () => pool.end(),
  };
  return database;
}

async function run<Row>(target: pg.Pool | pg.PoolClient, statement: Statement): Promise<Rows<Row>> {
  const result = await target.query(statement as pg.QueryConfig);
  return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
}

async function retried<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRIED.has((error as { code?: string }).code ?? '')) throw error;
      await new Promise((wake) => setTimeout(wake, attempt * attempt * (2 + Math.random() * 5)));
    }
  }
}

async function once<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    const sent: Promise<unknown>[] = [];
    const send = (statement: Statement | string) => {
      const answer = client.query(statement as pg.QueryConfig);
      answer.catch(() => undefined);
      sent.push(answer);
    };
    send('BEGIN');
    const result = await work({ query: (statement) => run(client, statement), later: send });
    const committed = client.query('COMMIT');
    committed.catch(() => undefined);
    await Promise.all(sent);
    // A transaction that a statement broke answers its COMMIT with ROLLBACK.
    if ((await committed).command !== 'COMMIT') throw new Error('the transaction did not commit');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

const CONNECTION_LOST = /^(08|57P0)/;
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'ENOTFOUND']);

/** Tells a lost database from a wrong statement. */
async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as { code?: string }).code;
    const message = error instanceof Error ? error.message : '';
    if (
      (code !== undefined && (CONNECTION_LOST.test(code) || SOCKET_CODES.has(code) || code === '53300')) ||
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after/.test(
        message,
      )
    )
      throw new BaileeError(
        'database_unavailable',
        'The database cannot be reached. Try again.',
        undefined,
        error,
      );
    throw error;
  }
}
