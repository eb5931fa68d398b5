import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { count, eraseByEmail, linesIn, phoneOf, shopOf } from '../../test/kit/backup.ts';
import { collect } from '../collect/collect.ts';
import { KEY_TABLES } from '../keys/dump.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Statement, Transaction } from '../platform/ports.ts';
import { DATA_TABLES, KNOWN_PEOPLE, QUARANTINE_TOKENS, TOMBSTONES } from '../vault/dump.ts';
import { backup } from './backup.ts';

let made: Awaited<ReturnType<typeof shopOf>>;
beforeAll(async () => {
  made = await shopOf(['ada', 'grace', 'mary']);
  await eraseByEmail(made.ctx, made.shop, 'mary');
  await collect(made.ctx, made.shop.server, {
    events: [
      { messageId: 'bad-1', type: 'track', event: 'Order Completed', userId: 'user-ada', timestamp: 'never' },
    ],
  });
});

/** Tokens of a column, as a backup would spell them. */
async function tokens(column: string, table: string): Promise<string[]> {
  const { rows } = await made.ctx.db.query<{ token: Buffer }>({
    text: `SELECT ${column} AS token FROM ${table}`,
  });
  return rows.map((row) => row.token.toString('base64'));
}

describe('a backup', () => {
  it('knows every table and every column of the database, or names it as left out', async () => {
    const left = new Set(
      [
        ...['migration', 'identifier', 'event_other'],
        ...['session', 'invitation', 'sign_in_question', 'sign_in_try'],
        ...['center_session', 'center_code', 'center_handover'],
      ].map((table) => `bailee.${table}`),
    );
    const { rows } = await made.ctx.db.query<{ table: string; column: string }>({
      // A view holds nothing of its own.
      text: `SELECT c.table_schema || '.' || c.table_name AS table, c.column_name AS column
             FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE t.table_schema IN ('bailee', 'keys') AND t.table_type = 'BASE TABLE' ORDER BY 1, 2`,
    });
    const there = rows
      .filter(({ table }) => !left.has(table))
      .map(({ table, column }) => `${table}.${column}`);
    const known = [...DATA_TABLES, ...KEY_TABLES, TOMBSTONES, KNOWN_PEOPLE].flatMap((shape) =>
      [...Object.keys(shape.columns), ...Object.keys(shape.left ?? {})].map(
        (column) => `${shape.table}.${column}`,
      ),
    );
    expect([...known].sort()).toEqual([...there].sort());
    expect(Object.keys(QUARANTINE_TOKENS.columns)).toContain('tokens');
  });

  it('holds nothing that was planted, no identifier token, and no tombstone in the clear', async () => {
    const files = made.files('search');
    await backup(made.ctx, files);
    const text = [files.data, files.keys]
      .map((path) => gunzipSync(readFileSync(path)).toString('latin1'))
      .join('');
    for (const planted of [
      'planted',
      'Planted',
      phoneOf('ada').slice(1),
      'user-ada',
      'order-grace',
      'Tea for',
    ])
      for (const spelled of [
        planted,
        Buffer.from(planted).toString('hex'),
        Buffer.from(planted).toString('base64'),
      ])
        expect(text.includes(spelled.replace(/=+$/, '').slice(0, -1)), planted).toBe(false);
    const secret = [
      ...(await tokens('token', 'bailee.identifier')),
      ...(await tokens('token', 'bailee.tombstone')),
      ...(await tokens('unnest(tokens)', 'bailee.quarantine')),
      ...(await tokens('unnest(tombstones)', 'bailee.erasure')),
    ];
    expect(secret.length).toBeGreaterThan(8);
    for (const token of secret) expect(text.includes(token)).toBe(false);
  });

  it('keeps wrapped keys out of the data file and sealed rows out of the keys file', async () => {
    const files = made.files('apart');
    await backup(made.ctx, files);
    const [data, keys] = [files.data, files.keys].map((path) => linesIn(path).join('\n'));
    for (const wrapped of await tokens('wrapped', 'keys.data_key WHERE wrapped IS NOT NULL')) {
      expect(data!.includes(wrapped)).toBe(false);
      expect(keys!.includes(wrapped)).toBe(true);
    }
    for (const sealed of await tokens('sealed', 'bailee.field_value')) {
      expect(data!.includes(sealed)).toBe(true);
      expect(keys!.includes(sealed)).toBe(false);
    }
    const epochKey = made.ctx.root.epochKey(made.ctx.root.currentEpoch()).toString('base64');
    expect(data!.includes(epochKey) || keys!.includes(epochKey)).toBe(false);
  });

  it('begins with a header that names its moment and ends with its count and hash', async () => {
    const files = made.files('header');
    const answer = await backup(made.ctx, files);
    const lines = linesIn(files.data);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      format: 'bailee-backup/1',
      kind: 'data',
      id: answer.id,
      ledger: { size: answer.ledgerSize },
    });
    const rows = lines.filter((line) => line.startsWith('[')).length;
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ end: true, rows });
    expect(answer.dataRows).toBe(rows);
  });

  it('never writes over a file, and leaves nothing behind when it fails', async () => {
    const files = made.files('taken');
    writeFileSync(files.keys, 'mine');
    await expect(backup(made.ctx, files)).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(files.keys, 'utf8')).toBe('mine');
    const before = readdirSync(made.ctx.folder).sort();
    const broken = { ...made.ctx, db: failsAt(made.ctx.db, 'bailee.orders') };
    await expect(backup(broken, made.files('broken'))).rejects.toMatchObject({
      code: 'database_unavailable',
    });
    expect(readdirSync(made.ctx.folder).sort()).toEqual(before);
  });

  it('reads tables in pages, however many rows they have', async () => {
    const { ctx, shop } = made;
    const rows = 2_300;
    await ctx.db.query({
      text: `INSERT INTO bailee.message (store_id, token, received_at)
             SELECT $1, decode(lpad(to_hex(n), 32, '0'), 'hex'), now() FROM generate_series(1, $2::integer) AS n`,
      values: [shop.id, rows],
    });
    const pages: number[] = [];
    const watched = { ...ctx, db: watching(ctx.db, (size) => pages.push(size)) };
    const files = made.files('pages');
    await backup(watched, files);
    expect(await count(ctx, 'bailee.message')).toBeGreaterThan(rows);
    expect(linesIn(files.data).length).toBeGreaterThan(rows);
    expect(Math.max(...pages)).toBeLessThanOrEqual(500);
  });

  it('is written for its owner alone', async () => {
    const { statSync } = await import('node:fs');
    const files = made.files('mode');
    await backup(made.ctx, { data: files.data, keys: null });
    expect(statSync(files.data).mode & 0o077).toBe(0);
    expect(readdirSync(made.ctx.folder)).not.toContain(join(files.keys));
  });
});

type Db = typeof made.ctx.db;

/** The database goes away when a statement names `what`. */
function failsAt(db: Db, what: string): Db {
  const fail = (statement: Statement) => {
    if (statement.text.includes(what)) throw new BaileeError('database_unavailable', 'gone');
  };
  return through(db, (tx) => ({
    later: tx.later,
    query(statement) {
      fail(statement);
      return tx.query(statement);
    },
  }));
}

function watching(db: Db, onRows: (rows: number) => void): Db {
  return through(db, (tx) => ({
    later: tx.later,
    async query<Row>(statement: Statement) {
      const answer = await tx.query<Row>(statement);
      onRows(answer.rows.length);
      return answer;
    },
  }));
}

function through(db: Db, wrap: (tx: Transaction) => Transaction): Db {
  return { ...db, transaction: (work) => db.transaction((tx) => work(wrap(tx))) };
}
