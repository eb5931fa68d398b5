import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { bulkOrders } from '../gate/bulk.ts';
import { isBaileeError } from '../platform/errors.ts';
import type { Database, Transaction } from '../platform/ports.ts';
import { collect, replayQuarantine } from './collect.ts';
import { listUndeclared } from './counts.ts';
import { finishImport, importRows, startImport } from './import.ts';
import type { ImportRow } from './import-read.ts';
import { listQuarantine } from './quarantine.ts';

const ORDERS = `version: 1
rows: order-line
order:
  number: Order
  at: { column: Date, timezone: Europe/London }
  customer: { column: Customer, type: integer }
  country: Country
  cancelled: { column: Order, startsWith: C }
  details: { currency: { is: GBP } }
line:
  product_id: Article
  name: Text
  quantity: { column: Pieces, type: integer }
  price: Price
`;
/** Order, date, customer, country, article, text, pieces, price: as the mapping names its columns. */
type Row = [string, string, string, string, string, string, string, string];

const row = (
  order: string,
  article: string,
  more: Partial<Record<'date' | 'customer' | 'text' | 'pieces' | 'price', string>> = {},
): Row => [
  order,
  more.date ?? '2011-07-01 10:00:00',
  more.customer ?? '17850.0',
  'United Kingdom',
  article,
  more.text ?? 'A mug',
  more.pieces ?? '2',
  more.price ?? '2.55',
];

/** Rows as a sender would send them: hashed, and counted among equal ones of the whole file. */
function sent(rows: readonly (readonly (string | null)[])[]): ImportRow[] {
  const seen = new Map<string, number>();
  return rows.map((values) => {
    const text = JSON.stringify(values);
    const nth = seen.get(text) ?? 0;
    seen.set(text, nth + 1);
    const hash = createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
    return { row: hash, ...(nth === 0 ? {} : { nth }), values };
  });
}

let ctx: TestGate;
let shop: Awaited<ReturnType<typeof testStore>>;
beforeAll(async () => {
  ctx = await testGate();
});
beforeEach(async () => {
  shop = await testStore(ctx);
});

const importer = { store: null, by: 'operator' };
const named = (name: string, mapping = ORDERS) => ({
  file: createHash('sha256').update(name).digest('hex'),
  mapping,
  mappingName: 'orders.yaml',
});

/** Imports rows in chunks from where the import stands, and adds up what became of them. */
async function bring(
  rows: readonly ImportRow[],
  options: { as?: string; chunk?: number; mapping?: string; on?: TestGate; again?: boolean } = {},
) {
  const on = options.on ?? ctx;
  const identity = named(options.as ?? 'file', options.mapping);
  const state = await startImport(on, { ...identity, store: shop.id, again: options.again ?? false });
  const all = {
    stored: 0,
    duplicates: 0,
    quarantined: {} as Record<string, number>,
    notCollected: {} as Record<string, number>,
  };
  const size = options.chunk ?? 100;
  for (let from = state.linesDone; from < rows.length && !state.finished; from += size) {
    const chunk = rows.slice(from, from + size);
    const done = await importRows(on, { ...identity, importer, import: state.id, from, rows: chunk });
    all.stored += done.stored;
    all.duplicates += done.duplicates;
    for (const kind of ['quarantined', 'notCollected'] as const)
      for (const [name, count] of Object.entries(done[kind]))
        all[kind][name] = (all[kind][name] ?? 0) + count;
  }
  const whole = await finishImport(on, { importer, import: state.id, lines: rows.length });
  return { ...all, whole };
}

async function orders() {
  const found: {
    details: Record<string, unknown>;
    lines: readonly { at: Date; value: Record<string, unknown> }[];
  }[] = [];
  const actor = { type: 'job', name: 'report.orders', store: shop.id } as const;
  for await (const page of bulkOrders(ctx, { actor, purpose: 'legal-duty' })) found.push(...page);
  return found.sort((a, b) => (String(a.details.orderId) < String(b.details.orderId) ? -1 : 1));
}
const linesOf = async () => (await orders()).map(({ details, lines }) => [details.orderId, lines.length]);

async function customersByKind() {
  const { rows } = await ctx.db.query<{ kind: string; count: string }>({
    text: 'SELECT kind, count(*) FROM bailee.customer WHERE store_id = $1 GROUP BY kind',
    values: [shop.id],
  });
  return Object.fromEntries(rows.map((one) => [one.kind, Number(one.count)]));
}

describe('an import of order lines', () => {
  it('keeps each line with exact amounts, its own time, and the country as the file writes it', async () => {
    await bring(
      sent([
        row('536365', 'A1'),
        row('536365', 'A2', { price: '0.001', pieces: '-3', date: '2011-07-01 10:01:00' }),
      ]),
    );
    const [order] = await orders();
    expect(order!.details).toEqual({ orderId: '536365', country: 'United Kingdom', currency: 'GBP' });
    const lines = [...order!.lines].sort((a, b) => a.at.getTime() - b.at.getTime());
    expect(lines.map((line) => [line.at.toISOString(), line.value])).toEqual([
      ['2011-07-01T09:00:00.000Z', { product_id: 'A1', name: 'A mug', quantity: 2, price: '2.55' }],
      ['2011-07-01T09:01:00.000Z', { product_id: 'A2', name: 'A mug', quantity: -3, price: '0.001' }],
    ]);
  });

  it('stores equal rows as often as they stand in the file, also across chunks', async () => {
    const rows = sent([row('1', 'A'), row('1', 'B'), row('1', 'A'), row('2', 'C'), row('1', 'A')]);
    expect(await bring(rows, { chunk: 2 })).toMatchObject({ stored: 5, duplicates: 0 });
    expect(await linesOf()).toEqual([
      ['1', 4],
      ['2', 1],
    ]);
  });

  it('stores nothing the second time: not by name, not when it is read again, not in another cut', async () => {
    const rows = sent([row('1', 'A'), row('1', 'A'), row('2', 'B', { customer: '' })]);
    await bring(rows);
    expect(await bring(rows)).toMatchObject({
      stored: 0,
      duplicates: 0,
      whole: { stored: 3, finished: true },
    });
    expect(await bring(rows, { again: true, chunk: 1 })).toMatchObject({ stored: 0, duplicates: 3 });
    const longer = sent([row('1', 'A'), row('1', 'A'), row('2', 'B', { customer: '' }), row('1', 'A')]);
    expect(await bring(longer, { as: 'a longer file' })).toMatchObject({ stored: 1, duplicates: 3 });
  });

  it('makes one customer of an id, and a guest for each order without one', async () => {
    const none = { customer: '' };
    await bring(
      sent(
        [
          row('1', 'A'),
          row('2', 'A', { customer: '17850' }),
          row('3', 'A', none),
          row('3', 'B', none),
          row('4', 'A', none),
          row('5', 'A', { customer: 'guest' }),
        ].map((each) => (each[2] === 'guest' ? (each.with(2, '0.0') as Row) : each)),
      ),
    );
    expect(await customersByKind()).toEqual({ customer: 1, guest: 3 });
    expect(await linesOf()).toEqual([
      ['1', 1],
      ['2', 1],
      ['3', 2],
      ['4', 1],
      ['5', 1],
    ]);
  });

  it('attaches to a customer whom the shop sends itself under the same id', async () => {
    await collect(ctx, shop.server, {
      events: [{ type: 'identify', messageId: 'i', userId: '17850', traits: { email: 'a@example.com' } }],
    });
    await bring(sent([row('1', 'A')]));
    expect(await customersByKind()).toEqual({ customer: 1 });
  });

  it('marks cancellations as the mapping says', async () => {
    await bring(sent([row('C1', 'A'), row('2', 'A')]));
    const { rows } = await ctx.db.query<{ state: string }>({
      text: 'SELECT o.state FROM bailee.orders o JOIN bailee.customer c ON c.id = o.customer_id WHERE c.store_id = $1 ORDER BY o.state',
      values: [shop.id],
    });
    expect(rows.map((each) => each.state)).toEqual(['cancelled', 'placed']);
  });

  it('quarantines a row that cannot be read, with its reason, once, and stores its neighbors', async () => {
    const rows = [
      ...sent([
        row('1', 'A'),
        row('1', 'B', { date: 'soon' }),
        row('1', 'C', { pieces: 'two' }),
        row('1', 'D', { price: '1,5' }),
        row('', 'E'),
        row('1', 'F', { customer: 'x' }),
        row('1', 'G', { text: 'x'.repeat(501) }),
        row('1', 'H', { customer: '99' }),
      ]),
      {
        row: 'A'.repeat(22),
        values: ['1'],
        fault: 'The row has 1 columns, the first line of the file has 8.',
      },
    ];
    const quarantined = { timestamp_invalid: 1, event_invalid: 5, identity_invalid: 2 };
    expect(await bring(rows)).toMatchObject({ stored: 1, quarantined });
    const { items } = await listQuarantine(ctx, shop.id);
    expect(items.map((item) => item.message).sort()).toEqual([
      'The column Customer does not hold a whole number.',
      'The column Date holds no date as the mapping has it.',
      'The column Pieces does not hold a whole number.',
      'The column Price does not hold a number.',
      'The order belongs to another customer.',
      'The row has 1 columns, the first line of the file has 8.',
      'The row names no usable order number.',
      'name is longer than 500 characters.',
    ]);
    expect(await bring(rows, { again: true })).toMatchObject({ stored: 0, duplicates: 9, quarantined: {} });
    expect((await listQuarantine(ctx, shop.id)).items).toHaveLength(8);
    const { kind: _kind, ...source } = shop.server;
    expect(await replayQuarantine(ctx, source)).toEqual({ replayed: 0, stillQuarantined: 8 });
  });

  it('cuts card numbers out of texts', async () => {
    await bring(sent([row('1', 'A', { text: 'paid with 4111 1111 1111 1111' })]));
    expect((await orders())[0]!.lines[0]!.value.name).toBe('paid with [card 1111]');
  });

  it('stores nothing by a mapping that fits not a single row', async () => {
    const rows = sent(Array.from({ length: 30 }, (_, at) => row(String(at), 'A', { date: 'soon' })));
    await expect(bring(rows)).rejects.toSatisfy((error) => isBaileeError(error, 'invalid_mapping'));
    expect((await listQuarantine(ctx, shop.id)).items).toEqual([]);
  });

  it('records each chunk in the ledger: who brought how many lines in', async () => {
    const count = async () =>
      Number(
        (
          await ctx.db.query<{ count: string }>({
            text: "SELECT count(*) FROM bailee.opening WHERE kind = 'import'",
          })
        ).rows[0]!.count,
      );
    const before = await count();
    await bring(sent([row('1', 'A'), row('1', 'B'), row('1', 'C')]), { chunk: 2 });
    expect((await count()) - before).toBe(2);
  });
});

describe('rows of an import', () => {
  it('must be the next ones, of the same file by the same mapping, in the same store', async () => {
    const identity = named('file');
    const rows = sent([row('1', 'A'), row('1', 'B')]);
    const { id } = await startImport(ctx, { ...identity, store: shop.id, again: false });
    const input = { ...identity, importer, import: id, from: 0, rows };
    await expect(importRows(ctx, { ...input, from: 1 })).rejects.toMatchObject({
      code: 'conflict',
      details: { linesDone: 0 },
    });
    await expect(importRows(ctx, { ...input, ...named('other') })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(importRows(ctx, { ...input, mapping: `${ORDERS}\n` })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(
      importRows(ctx, { ...input, importer: { store: ctx.random.id(), by: 'x' } }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(finishImport(ctx, { importer, import: id, lines: 2 })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await importRows(ctx, input)).toMatchObject({ linesDone: 2, stored: 2 });
    await expect(importRows(ctx, input)).rejects.toMatchObject({
      code: 'conflict',
      details: { linesDone: 2 },
    });
  });

  it('are lost or doubled by no crash, at whichever statement it comes', async () => {
    const rows = sent([
      row('1', 'A'),
      row('2', 'B', { customer: '' }),
      row('1', 'A'),
      row('3', 'C', { date: 'soon' }),
      row('2', 'B', { customer: '' }),
      row('4', 'D'),
    ]);
    let crashes = 0;
    for (let at = 1; ; at += 1) {
      const name = `file ${at}`;
      shop = await testStore(ctx);
      const faulty = { ...ctx, db: failingAt(ctx.db, at) };
      const crashed = await bring(rows, { as: name, chunk: 2, on: faulty }).then(
        () => false,
        () => true,
      );
      const { whole } = await bring(rows, { as: name, chunk: 2 });
      expect(whole).toMatchObject({
        stored: 5,
        duplicates: 0,
        quarantined: 1,
        notCollected: 0,
        linesDone: 6,
      });
      expect(await linesOf()).toEqual([
        ['1', 2],
        ['2', 2],
        ['4', 1],
      ]);
      expect(await customersByKind()).toEqual({ customer: 1, guest: 1 });
      if (!crashed) break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThan(40);
  });
});

/** A database whose n-th statement fails, and all after it: as if the process were gone. */
function failingAt(db: Database, n: number): Database {
  let count = 0;
  const check = () => {
    count += 1;
    if (count >= n) throw new Error('crashed');
  };
  return {
    ...db,
    transaction: (work) =>
      db.transaction((tx) => {
        const failing: Transaction = {
          query: (statement) => {
            check();
            return tx.query(statement);
          },
          later: (statement) => {
            check();
            tx.later(statement);
          },
        };
        return work(failing);
      }),
  };
}

const CUSTOMERS = `version: 1
rows: message
message:
  type: identify
  userId: id
  timestamp: changed
  traits: { email: email, address: { city: city } }
  consent: { marketing-email: newsletter }
`;

describe('an import of messages', () => {
  const customers = (rows: (string | null)[][]) => sent(rows);

  it('takes the way of all messages: identifiers, choices, quarantine, each once', async () => {
    const rows = customers([
      ['7', '2025-01-01', 'ada@example.com', 'Berlin', 'yes'],
      ['8', '2025-01-01', 'eve@example.com', null, ''],
      ['9', 'soon', 'bob@example.com', null, ''],
      [null, '2025-01-01', 'nobody@example.com', null, ''],
      ['10', '2025-01-01', 'x@example.com', null, 'perhaps'],
    ]);
    const quarantined = { timestamp_invalid: 1, identity_missing: 1, event_invalid: 1 };
    expect(await bring(rows, { mapping: CUSTOMERS })).toMatchObject({ stored: 2, quarantined });
    expect(await bring(rows, { mapping: CUSTOMERS, again: true })).toMatchObject({
      stored: 0,
      duplicates: 2,
    });
    expect((await listQuarantine(ctx, shop.id)).items).toHaveLength(3);
    expect(await customersByKind()).toEqual({ customer: 2 });
    const { rows: choices } = await ctx.db.query({
      text: `SELECT purpose, state, how FROM bailee.choice h JOIN bailee.customer c ON c.id = h.customer_id WHERE c.store_id = $1`,
      values: [shop.id],
    });
    expect(choices).toEqual([{ purpose: 'marketing-email', state: 'granted', how: 'asserted' }]);
  });

  it('counts what no purpose is open for', async () => {
    const viewed = `version: 1\nrows: message\nmessage: { type: track, userId: id, event: { is: Product Viewed }, properties: { product_id: p } }\n`;
    expect(await bring(sent([['7', 'A']]), { mapping: viewed })).toMatchObject({
      stored: 0,
      notCollected: { 'not-collected': 1 },
    });
    expect(await listUndeclared(ctx, shop.id)).toMatchObject([
      { reason: 'no-purpose', name: 'Product Viewed', count: 1 },
    ]);
  });
});
