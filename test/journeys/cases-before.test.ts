import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate, projectRoot } from '../../src/platform/migrate.ts';
import { testContext } from '../kit/context.ts';

const FOLDER = join(projectRoot(), 'migrations');

describe('an installation from before there was a queue', () => {
  it('keeps its cases: numbered by store as they came, the open ones due, the closed ones closed', async () => {
    const { db, random } = await testContext();
    await db.query({ text: 'DROP SCHEMA bailee, keys CASCADE' });
    const before = mkdtempSync(join(tmpdir(), 'bailee-test-'));
    for (const name of readdirSync(FOLDER).filter((each) => each < '0009'))
      cpSync(join(FOLDER, name), join(before, name));
    await migrate(db, before);
    rmSync(before, { recursive: true });
    const stores = [random.id(), random.id()];
    for (const [nth, store] of stores.entries()) {
      const customer = random.id();
      await db.query({
        text: `INSERT INTO bailee.customer (id, store_id, kind, created_at) VALUES ($1, $2, 'customer', '2026-01-01Z')`,
        values: [customer, store],
      });
      for (const [day, state] of ['open', 'closed', 'open'].slice(nth).entries())
        await db.query({
          text: `INSERT INTO bailee.cases (customer_id, id, state, row_version, sealed, occurred_at, received_at)
                 VALUES ($1, $2, $3, 1, 'sealed', $4, $4)`,
          values: [customer, random.id(), state, new Date(Date.UTC(2026, 0, 2 + day))],
        });
    }
    await migrate(db);
    const { rows } = await db.query({
      text: `SELECT store_id, number, state, status, due_at, created_at FROM bailee.cases ORDER BY number`,
    });
    const of = (store: string) => rows.filter((row) => row.store_id === store);
    const day = (number: number) => new Date(Date.UTC(2026, 0, number));
    expect(of(stores[0]!)).toMatchObject([
      { number: 1, state: 'open', status: 'new', due_at: day(3), created_at: day(2) },
      { number: 2, state: 'closed', status: 'closed', due_at: null },
      { number: 3, state: 'open', status: 'new' },
    ]);
    expect(of(stores[1]!)).toMatchObject([{ number: 1, status: 'closed' }, { number: 2 }]);
    const next = await db.query({ text: 'SELECT next FROM bailee.case_number ORDER BY next' });
    expect(next.rows).toEqual([{ next: 3 }, { next: 4 }]);
  });
});
