/** The database port over `pg`: one dialect for PostgreSQL and for the embedded engine behind its socket. */
import type { Socket } from 'node:net';
import pg from 'pg';
import { BaileeError } from './errors.ts';
import type { Database, Rows, Statement, Transaction } from './ports.ts';

const RETRIED = new Set(['40001', '40P01']);
const ABORTED = '25P02';
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
  // Statements find rows by key, whatever the values: a plan for each set of values costs more than it saves.
  if (options.engine === 'postgres')
    pool.on('connect', (client) => {
      client.query('SET plan_cache_mode = force_generic_plan').catch(() => undefined);
    });

  const database: Database = {
    engine: options.engine,
    query: <Row>(statement: Statement) => guard(async () => rowsOf<Row>(await single(pool, statement))),
    transaction: (work) => guard(() => retried(pool, options.engine === 'postgres', work)),
    close: () => pool.end(),
  };
  return database;
}

type Send = (statement: Statement) => Promise<pg.QueryResult>;

/** Statements sent in one turn of the event loop leave in one write: system calls cost more than the statements. */
function straight(client: pg.PoolClient): Send {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  let corked = false;
  return (statement) => {
    if (!corked) {
      corked = true;
      stream.cork();
      queueMicrotask(() => {
        corked = false;
        stream.uncork();
      });
    }
    return client.query(statement as pg.QueryConfig);
  };
}

/** The embedded engine takes one statement at a time. */
function oneByOne(client: pg.PoolClient): Send {
  let last: Promise<unknown> = Promise.resolve();
  return (statement) => {
    const answer = last.then(() => client.query(statement as pg.QueryConfig));
    last = answer.catch(() => undefined);
    return answer;
  };
}

function rowsOf<Row>(result: pg.QueryResult): Rows<Row> {
  return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
}

/** Not `pool.query`: it drops the connection when a statement is refused, and the embedded engine has only one. */
async function single(pool: pg.Pool, statement: Statement): Promise<pg.QueryResult> {
  return withClient(pool, async (client, drop) => {
    try {
      return await client.query(statement as pg.QueryConfig);
    } catch (error) {
      // A text of several statements may have begun a transaction; the next user must not find it aborted.
      await client.query('ROLLBACK').catch(drop);
      throw error;
    }
  });
}

/** Lends a connection; one that broke meanwhile is dropped. */
async function withClient<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, drop: (error: Error) => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const drop = (error: Error) => {
    broken = error;
  };
  client.on('error', drop);
  try {
    return await work(client, drop);
  } catch (error) {
    if (isLost(error)) drop(error as Error);
    throw error;
  } finally {
    client.off('error', drop);
    client.release(broken);
  }
}

async function retried<T>(
  pool: pg.Pool,
  pipelined: boolean,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, pipelined, work);
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRIED.has((error as { code?: string }).code ?? '')) throw error;
      await new Promise((wake) => setTimeout(wake, attempt * attempt * (2 + Math.random() * 5)));
    }
  }
}

function once<T>(pool: pg.Pool, pipelined: boolean, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return withClient(pool, async (client, drop) => {
    const inOrder = pipelined ? straight(client) : oneByOne(client);
    let failed: { readonly error: unknown } | undefined;
    const send = (statement: Statement) => {
      const answer = inOrder(statement);
      answer.catch((error: unknown) => {
        failed ??= { error };
      });
      return answer;
    };
    try {
      const later = (statement: Statement) => void send(statement);
      later({ text: 'BEGIN' });
      const query = async <Row>(statement: Statement) => rowsOf<Row>(await send(statement));
      const result = await work({ query, later });
      // Answers come in the order of the statements: when this one is there, so are all.
      const { command } = await send({ text: 'COMMIT' });
      if (failed !== undefined) throw failed.error;
      // A transaction that a statement broke answers its COMMIT with ROLLBACK.
      if (command !== 'COMMIT') throw new Error('the transaction did not commit');
      return result;
    } catch (error) {
      // A statement sent after one that failed is told only that the transaction is aborted; what aborted it decides.
      const cause =
        (error as { code?: string }).code === ABORTED && failed !== undefined ? failed.error : error;
      // After whatever still waits to be sent: sent after the rollback, it would stand on its own.
      await inOrder({ text: 'ROLLBACK' }).catch(drop);
      throw cause;
    }
  });
}

// 08P01 is a parameter that cannot be read; the connection is well.
const CONNECTION_LOST = /^(08(?!P01)|57P0)/;
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'ENOTFOUND']);

const LOST_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after/;

/** Tells a lost database from a wrong statement. */
function isLost(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  if (code !== undefined && (CONNECTION_LOST.test(code) || SOCKET_CODES.has(code) || code === '53300'))
    return true;
  return error instanceof Error && LOST_MESSAGE.test(error.message);
}

async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLost(error)) throw error;
    throw new BaileeError(
      'database_unavailable',
      'The database cannot be reached. Try again.',
      undefined,
      error,
    );
  }
}
